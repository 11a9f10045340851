using System.Text.Json;
using Onrush.Measurement;

namespace Onrush.Runs.Tests;

/// <summary>Short ways to fold and to look at the result.</summary>
internal static class Fold
{
    public static readonly RunChange Started = new(FakeWorker.StartUnixMs, RunPhase.Running, 10, 5);

    public static readonly MetricInfo Orders = new("orders", MetricKind.Counter, MetricUnit.None);

    public static readonly MetricInfo Queue = new("queue", MetricKind.Gauge, MetricUnit.None);

    public static readonly MetricInfo Hits = new("hits", MetricKind.Rate, MetricUnit.None);

    public static readonly MetricInfo Wait = new("wait", MetricKind.Trend, MetricUnit.Milliseconds);

    public static RunState Begun(RunStateLimits? limits = null)
    {
        var state = new RunState(limits);
        state.Apply(Started);
        return state;
    }

    public static RunState Of(params IEnumerable<IntervalReport> reports)
    {
        var state = Begun();
        foreach (var report in reports)
            state.Apply(report);
        return state;
    }

    public static RunState Stopped(this RunState state, double atSecond, string? reason = null)
    {
        state.Apply(new RunChange(FakeWorker.StartUnixMs + (long)(atSecond * 1000), RunPhase.Stopped, 0, 5, reason));
        return state;
    }

    /// <summary>The snapshot so many seconds after the start.</summary>
    public static RunSnapshot At(this RunState state, double second) =>
        state.Snapshot(FakeWorker.StartUnixMs + (long)(second * 1000));

    /// <summary>The whole snapshot as text.</summary>
    public static string Text(this RunSnapshot snapshot) => JsonSerializer.Serialize(snapshot);
}
