using Onrush.Measurement;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Otlp;

/// <summary>
/// A run in the metrics of OpenTelemetry's semantic conventions, and where they have none, under names of our own. Adds intervals up where cumulative points are wanted.
/// Used by one thread.
/// </summary>
/// <param name="host">The target.</param>
/// <param name="isDelta">Whether every interval stands for itself.</param>
/// <param name="mostNames">Most request names; the rest is one.</param>
internal sealed class OtlpTotals(string? host, bool isDelta, int mostNames)
{
    private const string Other = "(other)";

    // What the conventions count as a method of HTTP; anything else is a request of another protocol.
    private static readonly HashSet<string> Methods = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "QUERY"];

    private readonly (string Name, object Value)[] _server = ServerOf(host);
    private readonly HashSet<string> _names = [];
    private readonly SortedDictionary<string, (OtlpMetric Metric, Dictionary<OtlpAttributes, OtlpPoint> Points)> _metrics = new(StringComparer.Ordinal);

    /// <summary>Whether there were more names than may be.</summary>
    public bool HasOther { get; private set; }

    /// <summary>The metrics after an interval.</summary>
    public IReadOnlyList<OtlpMetric> Add(FoldedInterval interval)
    {
        if (isDelta)
            _metrics.Clear();
        foreach (var series in interval.Totals.Series.Values)
            Add(series);
        foreach (var iterations in interval.Totals.Iterations.Values)
        {
            var scenario = new OtlpAttributes(("onrush.scenario", iterations.Scenario));
            Time("onrush.iteration.duration", "Duration of iterations", scenario, iterations.Duration);
            Sum("onrush.iterations.dropped", "{iteration}", "Iterations that were due and never started", scenario, iterations.Dropped);
        }

        Gauge("onrush.users", "{user}", "Users", interval.Picture.Users);
        Gauge("onrush.requests.in_flight", "{request}", "Requests in flight", interval.Picture.InFlight);
        Gauge("onrush.generator.busy", "1", "Busy share of the busiest engine loop", interval.Picture.Generator.BusyPercent / 100);
        return [.. _metrics.Values.Select(metric => metric.Metric with { Points = [.. metric.Points.Values] })];
    }

    private void Add(SeriesInterval series)
    {
        var isHttp = Methods.Contains(series.Key.Method);
        (string, object)[] request = [("onrush.request.name", NameOf(series.Key.Name)), ("onrush.scenario", series.Key.Scenario)];
        (string, object)[] about = isHttp
            ? [("http.request.method", series.Key.Method), .. _server, .. request]
            : [("onrush.request.method", series.Key.Method), .. request];
        var (name, words) = isHttp ? ("http.client.request.duration", "Duration of HTTP client requests.") : ("onrush.request.duration", "Duration of requests of other protocols");
        Time(name, words, new OtlpAttributes(about), series.Time(RequestTime.Success));
        // Which failure took how long is not kept; how many there were of each is below.
        Time(name, words, new OtlpAttributes([.. about, ("error.type", "_OTHER")]), series.Time(RequestTime.Failure));
        foreach (var (status, count) in series.Statuses)
            Sum("onrush.http.responses", "{response}", "Responses by status", new OtlpAttributes([.. about, ("http.response.status_code", status)]), count);
        for (int i = 0; i < series.Outcomes.Length; i++)
        {
            if (OutcomeTable.IsFailure((Outcome)i))
                Sum("onrush.requests.failed", "{request}", "Requests that failed, by the stage at which they did", new OtlpAttributes([.. about, ("error.type", $"{(Outcome)i}")]), series.Outcomes[i]);
        }

        Sum("onrush.data.sent", "By", "Bytes sent", new OtlpAttributes(about), series.BytesSent);
        Sum("onrush.data.received", "By", "Bytes received", new OtlpAttributes(about), series.BytesReceived);
    }

    private string NameOf(string name)
    {
        if (_names.Contains(name))
            return name;
        HasOther |= _names.Count >= mostNames;
        return _names.Count < mostNames && _names.Add(name) ? name : Other;
    }

    private void Time(string name, string description, OtlpAttributes attributes, HistogramData times)
    {
        if (times.Count > 0)
            Put(new OtlpMetric(name, "s", description, OtlpKind.Histogram, []), attributes, before => before with { Times = HistogramData.Merge(before.Times, times) });
    }

    private void Sum(string name, string unit, string description, OtlpAttributes attributes, long value)
    {
        if (value > 0)
            Put(new OtlpMetric(name, unit, description, OtlpKind.Sum, []), attributes, before => before with { Value = before.Value + value });
    }

    private void Gauge(string name, string unit, string description, double value) =>
        Put(new OtlpMetric(name, unit, description, OtlpKind.Gauge, []), new OtlpAttributes(), before => before with { Value = value });

    private void Put(OtlpMetric metric, OtlpAttributes attributes, Func<OtlpPoint, OtlpPoint> change)
    {
        if (!_metrics.TryGetValue(metric.Name, out var known))
            _metrics.Add(metric.Name, known = (metric, []));
        known.Points[attributes] = change(known.Points.GetValueOrDefault(attributes) ?? new OtlpPoint(attributes, 0, HistogramData.Empty));
    }

    private static (string, object)[] ServerOf(string? host) =>
        Uri.TryCreate(host, UriKind.Absolute, out var url) ? [("server.address", url.Host), ("server.port", (long)url.Port)] : [];
}
