namespace Onrush.Runs;

/// <summary>
/// What is to be different about a scenario that runs. Its regular end stays where it is, unless <see cref="Stages"/> set another. What does not fit its
/// executor is refused.
/// </summary>
public sealed record ScenarioChange
{
    /// <summary>Number of users from now on: for users and spawn rate, constant users and ramping users.</summary>
    public int? Users { get; init; }

    /// <summary>Users per second on the way to <see cref="Users"/>: for users and spawn rate.</summary>
    public double? SpawnRate { get; init; }

    /// <summary>Iterations per time unit of the scenario from now on: for arrival rates.</summary>
    public double? Rate { get; init; }

    /// <summary>Lines from where it stands to its new regular end: for constant and ramping users, by users, and for arrival rates, by iterations per time unit.</summary>
    public IReadOnlyList<Stage>? Stages { get; init; }
}
