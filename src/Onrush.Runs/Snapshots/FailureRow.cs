using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Failures of one series that have the same text: a line of the failures table.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Method">HTTP method or request type.</param>
/// <param name="Name">Name the requests are grouped under.</param>
/// <param name="Outcome">Stage at which they failed.</param>
/// <param name="Message">What went wrong; texts past the limit are counted together as <c>(other errors)</c>.</param>
/// <param name="Occurrences">How often.</param>
/// <param name="FirstSeen">When it happened first.</param>
/// <param name="LastSeen">When it happened last.</param>
public sealed record FailureRow(
    string Scenario,
    string Method,
    string Name,
    Outcome Outcome,
    string Message,
    long Occurrences,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen);
