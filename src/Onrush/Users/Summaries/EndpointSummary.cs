namespace Onrush;

/// <summary>What one endpoint gave over the whole run. Times are milliseconds from the call to the last byte, of all finished requests.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Method">HTTP method or request type.</param>
/// <param name="Name">Name the requests are grouped under.</param>
/// <param name="Requests">Requests finished, good or failed.</param>
/// <param name="Failures">Requests that failed.</param>
/// <param name="AverageMs">Arithmetic mean.</param>
/// <param name="MedianMs">Half of the requests took at most this.</param>
/// <param name="P95Ms">95 % of the requests took at most this.</param>
/// <param name="P99Ms">99 % of the requests took at most this.</param>
/// <param name="MaxMs">The longest.</param>
public sealed record EndpointSummary(
    string Scenario,
    string Method,
    string Name,
    long Requests,
    long Failures,
    double AverageMs,
    double MedianMs,
    double P95Ms,
    double P99Ms,
    double MaxMs);

/// <summary>Failures of one endpoint that have the same text.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Method">HTTP method or request type.</param>
/// <param name="Name">Name the requests are grouped under.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Occurrences">How often.</param>
public sealed record FailureSummary(string Scenario, string Method, string Name, string Message, long Occurrences);

/// <summary>A threshold or limit and what became of it.</summary>
/// <param name="Subject">What it is about: the metric with its tags, or <c>iterations</c>.</param>
/// <param name="Expression">What must hold.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Found">What was found instead or in fact: <c>p(95)=612 ms</c>, <c>no data</c>.</param>
public sealed record ThresholdSummary(string Subject, string Expression, bool Passed, string Found);
