using Onrush.Measurement;
using Onrush.Outputs.K6;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Influx;

/// <summary>
/// k6's points: the metric is the measurement, the field is <c>value</c>, tags as k6 has them. Counts are exact: one point carries the number. Times are
/// replayed from the distribution of the interval, at most so many of them a second, spread over it; below that number each request has its point.
/// </summary>
/// <param name="tags">Further tags of every point.</param>
/// <param name="pointsPerSecond">Most points of a second.</param>
/// <param name="hasRequests">False where <see cref="K6RequestPoints"/> writes those of the requests.</param>
internal sealed class K6InfluxPoints(IReadOnlyList<KeyValuePair<string, string>> tags, int pointsPerSecond, bool hasRequests = true) : IInfluxPoints
{
    /// <summary>As many points as there can be: each value has its own.</summary>
    public const int All = 1_000_000;

    // Dashboards count these points, so there is one for each failure as long as that is possible.
    private const int MostErrorPoints = 2000;

    // Fewer values than this shift the percentiles when the ends are among them.
    private const int EnoughForEnds = 10;

    private static readonly (string Metric, RequestTime Time)[] Phases =
    [
        ("http_req_blocked", RequestTime.Blocked), ("http_req_looking_up", RequestTime.Dns), ("http_req_connecting", RequestTime.Connect),
        ("http_req_tls_handshaking", RequestTime.Tls), ("http_req_sending", RequestTime.Send), ("http_req_waiting", RequestTime.Wait),
        ("http_req_receiving", RequestTime.Receive),
    ];

    private readonly LineBuilder _written = new();
    private readonly Dictionary<string, long> _largest = [];
    private long[] _values = new long[256];
    private long _requests;
    private long _replayed;

    /// <inheritdoc/>
    public IEnumerable<string> Remarks => _requests == 0 ? [] :
        [FormattableString.Invariant($"k6's points: {_replayed:#,0} stand for {_requests:#,0} requests; counts are exact.")];

    /// <inheritdoc/>
    public void Write(FoldedInterval interval, LineBuilder lines, Action<int> flush)
    {
        var totals = interval.Totals;
        var requests = totals.Series.Values.Sum(series => series.Succeeded + series.Failed);
        var share = Math.Min(1, pointsPerSecond * Math.Max(1, interval.Seconds) / Math.Max(1, requests));
        FindLargest(totals);
        Users(interval, lines);
        foreach (var series in hasRequests ? totals.Series.Values : [])
        {
            Series(series, interval, share, lines);
            flush(InfluxBatch.MostPoints);
        }

        Scenarios(interval, share, lines);
        foreach (var (key, metric) in totals.Metrics)
        {
            if (!ReservedMetrics.IsShownElsewhere(key.Name))
                Metric(key, metric, interval, lines);
            flush(InfluxBatch.MostPoints);
        }
    }

    private void Users(FoldedInterval interval, LineBuilder lines)
    {
        var ns = interval.StartUnixMs * 1_000_000;
        Tags(lines.Point("vus")).Field("value", (double)interval.Picture.Users).End(ns);
        Tags(lines.Point("vus_max")).Field("value", (double)Math.Max(interval.MostUsers, interval.Picture.TargetUsers)).End(ns);
    }

    private void Series(SeriesInterval series, FoldedInterval interval, double share, LineBuilder lines)
    {
        var key = series.Key;
        var isHttp = key.Tags?[MetricTags.Protocol] is null;
        foreach (var part in K6Part.Of(series))
        {
            var written = Written(key.Tags, builder => builder
                .Tag("expected_response", part.Expected ? "true" : "false").Tag("method", key.Method).Tag("name", key.Name).Tag("scenario", key.Scenario)
                .Tag("status", isHttp ? part.StatusText : ""));
            var count = (int)Math.Clamp(Math.Round(part.Count * share), 1, Math.Min(part.Count, 1_000_000));
            _requests += part.Count;
            _replayed += count;
            One(lines, isHttp ? "http_reqs" : "requests", written, part.Count, interval);
            if (!part.Expected)
                Same(lines, "errors", written, 1, (int)Math.Min(part.Count, MostErrorPoints), interval);
            if (!isHttp)
            {
                Times(lines, "response_time", written, series.Time(part.Expected ? RequestTime.Success : RequestTime.Failure), count, interval);
                continue;
            }

            Same(lines, "http_req_failed", written, part.Expected ? 0 : 1, count, interval);
            Times(lines, "http_req_duration", written, series.Time(part.Expected ? RequestTime.SuccessDuration : RequestTime.FailureDuration), count, interval);
            foreach (var (metric, time) in Phases)
                Times(lines, metric, written, series.Time(time), count, interval);
        }
    }

    private void Scenarios(FoldedInterval interval, double share, LineBuilder lines)
    {
        foreach (var scenario in interval.Totals.Series.Values.GroupBy(series => series.Key.Scenario))
        {
            var written = Written(null, builder => builder.Tag("scenario", scenario.Key));
            One(lines, "data_sent", written, scenario.Sum(series => series.BytesSent), interval);
            One(lines, "data_received", written, scenario.Sum(series => series.BytesReceived), interval);
        }

        foreach (var iterations in interval.Totals.Iterations.Values)
        {
            var written = Written(null, builder => builder.Tag("scenario", iterations.Scenario));
            if (iterations.Dropped > 0)
                One(lines, "dropped_iterations", written, iterations.Dropped, interval);
            if (iterations.Duration.Count == 0)
                continue;
            One(lines, "iterations", written, iterations.Duration.Count, interval);
            Times(lines, "iteration_duration", written, iterations.Duration, (int)Math.Clamp(iterations.Duration.Count * share, 1, 1_000_000), interval);
        }
    }

    private void Metric(MetricKey key, MetricInterval metric, FoldedInterval interval, LineBuilder lines)
    {
        var written = Written(key.Tags, builder => builder.Tag("scenario", key.Scenario));
        var most = pointsPerSecond * Math.Max(1, interval.Seconds);
        switch (key.Kind)
        {
            case MetricKind.Counter:
                One(lines, key.Name, written, metric.Sum, interval);
                break;
            case MetricKind.Gauge:
                One(lines, key.Name, written, metric.Last, interval);
                break;
            case MetricKind.Rate when metric.Count <= most:
                Rate(lines, key.Name, written, (int)metric.Sum, (int)metric.Count, 1, interval);
                break;
            case MetricKind.Rate:
                // Dashboards add these up: so many points carry the number of those that passed.
                var passed = (int)Math.Round(metric.Sum / metric.Count * most);
                Rate(lines, key.Name, written, passed, (int)most, passed == 0 ? 0 : metric.Sum / passed, interval);
                break;
            default:
                Times(lines, key.Name, written, metric.Values, (int)Math.Min(metric.Values.Count, most), interval, TrendScale.PerUnit(key.Unit));
                break;
        }
    }

    private LineBuilder Tags(LineBuilder lines)
    {
        foreach (var (name, value) in tags)
            lines.Tag(name, value);
        return lines;
    }

    // Written once for the many points that have them.
    private byte[] Written(TagSet? own, Action<LineBuilder> more)
    {
        _written.Clear();
        Tags(_written.Point("t"));
        foreach (var (name, value) in (own ?? TagSet.Empty).Tags)
            _written.Tag(name, value);
        more(_written);
        _written.Field("f", 1L).End(0);
        return _written.Bytes[1.._written.Bytes.LastIndexOf(" f="u8)].ToArray();
    }

    private static void One(LineBuilder lines, string metric, byte[] written, double value, FoldedInterval interval) =>
        lines.Point(metric).Tags(written).Field("value", value).End(interval.StartUnixMs * 1_000_000);

    private static void Same(LineBuilder lines, string metric, byte[] written, double value, int count, FoldedInterval interval)
    {
        for (var i = 0; i < count; i++)
            lines.Point(metric).Tags(written).Field("value", value).End(At(interval, i, count));
    }

    private static void Rate(LineBuilder lines, string metric, byte[] written, int passed, int count, double value, FoldedInterval interval)
    {
        for (var i = 0; i < count; i++)
            lines.Point(metric).Tags(written).Field("value", i < passed ? value : 0).End(At(interval, i, count));
    }

    private void Times(LineBuilder lines, string metric, byte[] written, HistogramData times, int count, FoldedInterval interval, double perUnit = 1e6)
    {
        count = (int)Math.Min(count, times.Count);
        if (_values.Length < count)
            _values = new long[count * 2];
        var values = _values.AsSpan(0, count);
        Representatives.Fill(times, values, count >= EnoughForEnds || (_largest.TryGetValue(metric, out var largest) && times.Max == largest));
        for (var i = 0; i < count; i++)
            lines.Point(metric).Tags(written).Field("value", values[i] / perUnit).End(At(interval, i, count));
    }

    // The largest value of an interval is in it however few points its series has.
    private void FindLargest(IntervalTotals totals)
    {
        _largest.Clear();
        foreach (var series in totals.Series.Values)
        {
            Note("http_req_duration", Math.Max(series.Time(RequestTime.SuccessDuration).Max, series.Time(RequestTime.FailureDuration).Max));
            foreach (var (metric, time) in Phases)
                Note(metric, series.Time(time).Max);
        }

        void Note(string metric, long value) => _largest[metric] = Math.Max(_largest.GetValueOrDefault(metric), value);
    }

    // Points of the same tags have different times, or the later one would overwrite the earlier.
    private static long At(FoldedInterval interval, int index, int count) =>
        interval.StartUnixMs * 1_000_000 + (long)((index + 0.5) / count * interval.LengthMs * 1e6);
}
