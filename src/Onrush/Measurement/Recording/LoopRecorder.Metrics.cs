namespace Onrush.Measurement;

// What a load test itself reports. As hot as the rest: no allocation once a series was seen by both halves of the buffer.
internal sealed partial class LoopRecorder
{
    private readonly TagTable _tags;
    private readonly MetricNames _metrics;

    /// <summary>The sets of tags in use on this loop.</summary>
    public TagTable Tags => _tags;

    /// <summary>Counts a value of a metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="scenario">Index of the scenario.</param>
    /// <param name="tags">Index of the tags, from <see cref="Tags"/>.</param>
    /// <param name="value">The value in the metric's unit; of a rate 1 or 0.</param>
    public void Report(MetricInfo metric, int scenario, int tags, double value)
    {
        // Only of a gauge the newest value counts: only there the time of each is worth reading the clock.
        var interval = _active;
        interval.Metrics.Touch(_metrics.Index(metric, scenario, tags)).Add(value, metric.Kind == MetricKind.Gauge ? UnixMs : interval.StartUnixMs);
    }

    /// <summary>Counts a check.</summary>
    /// <param name="scenario">Index of the scenario.</param>
    /// <param name="tags">Index of the tags, from <see cref="Tags"/>.</param>
    /// <param name="name">Name of the check.</param>
    /// <param name="passed">Whether it passed.</param>
    public void Check(int scenario, int tags, string name, bool passed)
    {
        var interval = _active;
        interval.Metrics.Touch(_metrics.Index(MetricInfo.Checks, scenario, tags, name)).Add(passed ? 1 : 0, interval.StartUnixMs);
    }
}
