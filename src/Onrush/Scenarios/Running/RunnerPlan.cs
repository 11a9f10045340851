namespace Onrush.Scenarios;

/// <summary>What the runners of a scenario do from an instant on, the same for every loop: each takes what is its own. Immutable.</summary>
/// <param name="Revision">Number of the change that led to it, from 1.</param>
/// <param name="StartNs">Instant from which it holds, in nanoseconds of the monotonic clock.</param>
/// <param name="RegularEndNs">Nanoseconds from there to the regular end; <see cref="long.MaxValue"/> without one.</param>
internal abstract record RunnerPlan(int Revision, long StartNs, long RegularEndNs);

/// <summary>Users by slot.</summary>
/// <param name="Revision">Number of the change that led to it, from 1.</param>
/// <param name="StartNs">Instant from which it holds.</param>
/// <param name="Schedule">Which slot is filled or emptied when.</param>
internal sealed record SlotPlan(int Revision, long StartNs, IUserSchedule Schedule) : RunnerPlan(Revision, StartNs, Schedule.RegularEndNs)
{
    /// <summary>Index of the first user that starts among all that ever start; -1 numbers users by their slot.</summary>
    public long FirstIndex { get; init; } = -1;

    /// <summary>Index of the user class by slot, for those that start; null takes the scenario's sequence.</summary>
    public int[]? Classes { get; init; }

    /// <summary>Users per second at which those of another worker are started here; 0 for all at once.</summary>
    public double SpawnRate { get; init; }

    /// <summary>How long a user that a step takes out may go on with its iteration, in nanoseconds.</summary>
    public long PatienceNs { get; init; } = ScenarioUser.WithoutEnd;

    /// <summary>Whether the scenario goes on without users after the last step, up to its regular end or a stop.</summary>
    public bool StaysEmpty { get; init; }
}

/// <summary>Iterations by the time they are due.</summary>
/// <param name="Revision">Number of the change that led to it, from 1.</param>
/// <param name="StartNs">Instant from which it holds.</param>
/// <param name="Executor">The most users, what becomes of arrivals when all are busy.</param>
/// <param name="Schedule">When iterations are due.</param>
internal sealed record ArrivalPlan(int Revision, long StartNs, ArrivalRateExecutor Executor, IArrivalSchedule Schedule)
    : RunnerPlan(Revision, StartNs, Schedule.RegularEndNs);
