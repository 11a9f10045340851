namespace Onrush.Scenarios;

/// <summary>One ramp of the run's users, the same for every loop and worker: each takes the slots that are its own. Immutable.</summary>
/// <param name="Schedule">Which slot is filled or emptied when.</param>
/// <param name="FirstNumber">Number of the user in the first slot that is filled; the others follow, so numbers are unique over the run.</param>
/// <param name="Classes">Index of the user class by slot, at least up to the target.</param>
internal sealed record SpawnPlan(SpawnSchedule Schedule, long FirstNumber, int[] Classes);
