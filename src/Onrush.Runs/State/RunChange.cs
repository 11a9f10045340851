namespace Onrush.Runs;

/// <summary>Something that was decided about a run: its start, a new number of users, its end. Folded beside the interval reports.</summary>
/// <param name="UnixMs">When it takes effect, in milliseconds of Unix time.</param>
/// <param name="Phase">What the run is to be from then on; Spawning and Running mean the same here, the reports tell them apart.</param>
/// <param name="TargetUsers">Number of users the run is to have.</param>
/// <param name="SpawnRate">Users started or stopped per second on the way there.</param>
/// <param name="Reason">Why it ends; null for other changes.</param>
internal sealed record RunChange(long UnixMs, RunPhase Phase, int TargetUsers, double SpawnRate, string? Reason = null)
{
    /// <summary>The scenarios as they stand from then on; null when nothing is said about them.</summary>
    public IReadOnlyList<ScenarioFacts>? Scenarios { get; init; }
}
