namespace Onrush.Measurement;

/// <summary>Names that a load test's own metrics cannot have: those of the metrics that every run has.</summary>
internal static class ReservedMetrics
{
    /// <summary>The names: k6's, then our own.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal)
    {
        "http_reqs", "http_req_failed", "http_req_duration", "http_req_blocked", "http_req_looking_up", "http_req_connecting",
        "http_req_tls_handshaking", "http_req_sending", "http_req_waiting", "http_req_receiving", "iterations", "iteration_duration",
        "dropped_iterations", "vus", "vus_max", "data_sent", "data_received", "checks", "group_duration",
        "requests", "requests_failed", "response_time", "http_req_from_due", "iteration_from_due", "iteration_lateness", "iterations_failed",
        "interrupted_iterations",

        StopTable.Metric, TraceTable.Metric,
    };

    /// <summary>Whether it travels like a metric and is shown elsewhere.</summary>
    public static bool IsShownElsewhere(string name) => name is StopTable.Metric or TraceTable.Metric;
}
