using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>One of the slowest requests of a run whose traces the target has.</summary>
internal sealed record TraceRow(int Second, string TraceId, string Scenario, string Method, string Name, int Status, double ResponseMs)
{
    private const int Most = 10;

    /// <summary>Those of a run, the slowest first.</summary>
    public static IReadOnlyList<TraceRow> Of(RunSnapshot run) =>
    [
        .. SlowTrace.SlowestOf(run.Seconds, Most).Select(found => new TraceRow(
            found.Second, found.Trace.TraceId, found.Trace.Scenario, found.Trace.Method, found.Trace.Name, found.Trace.Status, Numbers.Short(found.Trace.ResponseMs))),
    ];
}
