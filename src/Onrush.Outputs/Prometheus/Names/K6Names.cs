using System.Globalization;
using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Prometheus.Names;

/// <summary>
/// k6's names: counters <c>k6_NAME_total</c>, gauges <c>k6_NAME</c>, rates <c>k6_NAME_rate</c>, trends a gauge for each statistic, <c>k6_NAME_p95</c>, times
/// in seconds; all of them over the run so far. With native histograms trends are <c>k6_NAME_seconds</c>.
/// </summary>
/// <param name="testId">The label <c>testid</c>.</param>
/// <param name="native">Whether trends are histograms.</param>
internal sealed class K6Names(string testId, bool native) : IPromNames
{
    private static readonly (string Name, Func<MetricSink, double> Read)[] Stats =
    [
        ("avg", sink => sink.Average), ("min", sink => sink.Min), ("med", sink => sink.Median), ("max", sink => sink.Max),
        ("p90", sink => sink.Percentile(0.9)), ("p95", sink => sink.Percentile(0.95)), ("p99", sink => sink.Percentile(0.99)),
    ];

    private static readonly (string Metric, RequestTime Time)[] Phases =
    [
        ("http_req_blocked", RequestTime.Blocked), ("http_req_connecting", RequestTime.Connect), ("http_req_tls_handshaking", RequestTime.Tls),
        ("http_req_sending", RequestTime.Send), ("http_req_waiting", RequestTime.Wait), ("http_req_receiving", RequestTime.Receive),
    ];

    /// <inheritdoc/>
    public IEnumerable<PromFamily> Families(PromTotals totals)
    {
        if (totals.Last is not { } last)
            return [];
        return [Gauge("vus", last.Picture.Users), Gauge("vus_max", Math.Max(last.MostUsers, last.Picture.TargetUsers)),
            .. Requests(totals), .. Scenarios(totals), .. Reported(totals)];
    }

    private IEnumerable<PromFamily> Requests(PromTotals totals)
    {
        var parts = totals.Series.Where(series => series.Key.Tags?[MetricTags.Protocol] is null)
            .SelectMany(series => series.Value.Parts.Select(part => (series.Value, part.Key.Expected, part.Value, Labels: Common.With(
                ("scenario", series.Key.Scenario), ("method", series.Key.Method), ("name", series.Key.Name),
                ("status", part.Key.Status.ToString(CultureInfo.InvariantCulture)), ("expected_response", part.Key.Expected ? "true" : "false"))
                .With(series.Key.Tags)))).ToArray();
        yield return PromFamily.Of("k6_http_reqs", PromType.Counter, "Requests.", parts.Select(part => (part.Labels, (double)part.Item3)));
        yield return PromFamily.Of("k6_http_req_failed_rate", PromType.Gauge, "Share of failed requests.", parts.Select(part => (part.Labels, part.Expected ? 0.0 : 1)));
        foreach (var family in Trend("http_req_duration", parts.Select(part =>
            (part.Labels, part.Item1.Times(part.Expected ? RequestTime.SuccessDuration : RequestTime.FailureDuration)))))
            yield return family;
        foreach (var (metric, time) in Phases)
        {
            foreach (var family in Trend(metric, parts.Select(part => (part.Labels, part.Item1.Times(time)))))
                yield return family;
        }
    }

    private IEnumerable<PromFamily> Scenarios(PromTotals totals)
    {
        var scenarios = totals.Series.GroupBy(series => series.Key.Scenario).ToArray();
        yield return PromFamily.Of("k6_data_sent", PromType.Counter, "Bytes written.", scenarios.Select(one => (Scenario(one.Key), (double)one.Sum(series => series.Value.BytesSent))));
        yield return PromFamily.Of("k6_data_received", PromType.Counter, "Bytes read.", scenarios.Select(one => (Scenario(one.Key), (double)one.Sum(series => series.Value.BytesReceived))));
        var iterations = totals.Iterations.Values;
        yield return PromFamily.Of("k6_iterations", PromType.Counter, "Iterations.", iterations.Select(one => (Scenario(one.Scenario), (double)one.Duration.Count)));
        yield return PromFamily.Of("k6_dropped_iterations", PromType.Counter, "Iterations that never started.", iterations.Select(one => (Scenario(one.Scenario), (double)one.Dropped)));
        foreach (var family in Trend("iteration_duration", iterations.Select(one => (Scenario(one.Scenario), (HistogramTotal?)Total(one.Duration)))))
            yield return family;
    }

    private IEnumerable<PromFamily> Reported(PromTotals totals)
    {
        foreach (var metric in totals.Metrics.GroupBy(metric => (metric.Key.Name, metric.Key.Kind, metric.Key.Unit)).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var name = PromLabels.NameOf(metric.Key.Name);
            var help = $"The metric {metric.Key.Name}.";
            var series = metric.Select(one => (Labels: Scenario(one.Key.Scenario).With(one.Key.Tags), Sink: MetricTotals.Read([one.Value], one.Key.Kind, 0), one.Value)).ToArray();
            switch (metric.Key.Kind)
            {
                case MetricKind.Counter:
                    yield return PromFamily.Of("k6_" + name, PromType.Counter, help, series.Select(one => (one.Labels, one.Sink.Sum)));
                    break;
                case MetricKind.Gauge:
                    yield return PromFamily.Of("k6_" + name, PromType.Gauge, help, series.Select(one => (one.Labels, one.Sink.Last)));
                    break;
                case MetricKind.Rate:
                    yield return PromFamily.Of($"k6_{name}_rate", PromType.Gauge, help, series.Select(one => (one.Labels, one.Sink.Rate)));
                    break;
                default:
                    var perSecond = metric.Key.Unit == MetricUnit.Milliseconds ? 1000 : 1;
                    foreach (var family in Trend(name, series.Select(one => (one.Labels, one.Value.Values, one.Sink)), TrendScale.PerUnit(metric.Key.Unit) * perSecond, perSecond,
                        metric.Key.Unit == MetricUnit.Milliseconds ? "_seconds" : ""))
                        yield return family;
                    break;
            }
        }
    }

    private PromLabels Common => PromLabels.Of(("testid", testId));

    private PromLabels Scenario(string name) => Common.With(("scenario", name));

    private PromFamily Gauge(string name, double value) => PromFamily.Of("k6_" + name, PromType.Gauge, $"k6's {name}.", (Common, value));

    private IEnumerable<PromFamily> Trend(string name, IEnumerable<(PromLabels Labels, HistogramTotal? Times)> series) =>
        Trend(name, series.Where(one => one.Times is { Count: > 0 }).Select(one => (one.Labels, one.Times, MetricSink.Times(one.Times!))), 1e9, 1000, "_seconds");

    private IEnumerable<PromFamily> Trend(
        string name, IEnumerable<(PromLabels Labels, HistogramTotal? Values, MetricSink Sink)> series, double perUnit, double divisor, string unit)
    {
        var all = series.Where(one => one.Sink.Count > 0).ToArray();
        if (native)
        {
            return [new PromFamily($"k6_{name}{unit}", PromType.Histogram, $"k6's {name}.",
                [.. all.Where(one => one.Values is not null).Select(one => new PromSample(one.Labels, 0, one.Values!.ToData(), perUnit))])];
        }

        return Stats.Select(stat => PromFamily.Of($"k6_{name}_{stat.Name}", PromType.Gauge, $"k6's {name}, {stat.Name}, over the run so far.",
            all.Select(one => (one.Labels, stat.Read(one.Sink) / divisor))));
    }

    private static HistogramTotal Total(HistogramData times)
    {
        var total = new HistogramTotal();
        total.Add(times);
        return total;
    }
}
