namespace Onrush.Measurement;

/// <summary>The part of an interval report that does not add up over time: how things stood at its end. Immutable.</summary>
internal sealed record IntervalGauges
{
    /// <summary>Users alive by user class.</summary>
    public IReadOnlyDictionary<string, int> UsersByClass { get; init; } = new Dictionary<string, int>();

    /// <summary>How each scenario stood, by name; a scenario that was not reported has nothing.</summary>
    public IReadOnlyDictionary<string, ScenarioGauge> Scenarios { get; init; } = new Dictionary<string, ScenarioGauge>();

    /// <summary>True while users were still being started or stopped on the way to the target.</summary>
    public bool Spawning { get; init; }

    /// <summary>Requests in flight, as the engine counts them.</summary>
    public long InFlight { get; init; }

    /// <summary>Age of the oldest of them in nanoseconds; 0 when there is none.</summary>
    public long OldestRequestNs { get; init; }

    /// <summary>Users alive.</summary>
    public int Users => UsersByClass.Values.Sum();
}

/// <summary>How one scenario stood on one worker.</summary>
/// <param name="Users">Users alive.</param>
/// <param name="Waiting">Iterations that were due and waited for a user.</param>
internal readonly record struct ScenarioGauge(int Users, long Waiting);
