namespace Onrush.Runs;

/// <summary>The iterations of one scenario.</summary>
/// <param name="Scenario">Name of the scenario; empty in the total.</param>
/// <param name="Count">Finished iterations.</param>
/// <param name="Failed">Those that an exception ended.</param>
/// <param name="Duration">How long they took, without the wait after them.</param>
/// <param name="Lateness">How late scheduled ones started; null when none was scheduled.</param>
public sealed record IterationRow(string Scenario, long Count, long Failed, ResponseTimes Duration, ResponseTimes? Lateness);
