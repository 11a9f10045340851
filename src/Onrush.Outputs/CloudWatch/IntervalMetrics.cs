using Onrush.Measurement;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.CloudWatch;

/// <summary>
/// What an interval is in the metrics of the Locust connector: ResponseTime_ms, RequestCount, FailureCount and ResponseSize_Bytes of each request, UserCount of the
/// host; and FailedResponseTime_ms, without which timeouts would vanish. As in the connector a series is a name: methods and scenarios of one name are added up.
/// </summary>
internal sealed class IntervalMetrics(RequestNames names, int mostValues)
{
    /// <summary>The metrics of an interval.</summary>
    public IEnumerable<MetricDatum> Of(FoldedInterval interval)
    {
        foreach (var (request, part) in Parts(interval))
        {
            yield return new MetricDatum("RequestCount", "Count", request, new ValueBins([1], [part.Requests]));
            if (part.Good.Count > 0)
                yield return new MetricDatum("ResponseTime_ms", "Milliseconds", request, ValueBins.Of(part.Good, mostValues));
            if (part.Failed > 0)
                yield return new MetricDatum("FailureCount", "Count", request, new ValueBins([1], [part.Failed]));
            if (part.Bad.Count > 0)
                yield return new MetricDatum("FailedResponseTime_ms", "Milliseconds", request, ValueBins.Of(part.Bad, mostValues));
            yield return new MetricDatum("ResponseSize_Bytes", "Bytes", request, new ValueBins([], [])) { Statistics = (part.Bytes, part.Requests) };
        }

        yield return new MetricDatum("UserCount", "Count", null, new ValueBins([interval.Picture.Users], [1]));
    }

    /// <summary>What each name gave, by its name in ASCII.</summary>
    public SortedDictionary<string, RequestPart> Parts(FoldedInterval interval)
    {
        var parts = new SortedDictionary<string, RequestPart>(StringComparer.Ordinal);
        foreach (var series in interval.Totals.Series.Values.Where(s => s.Succeeded + s.Failed > 0))
        {
            var name = names.Of(series.Key.Name);
            var part = new RequestPart(
                series.Key.Method, series.Succeeded + series.Failed, series.Failed, series.ContentLength, series.Time(RequestTime.Success), series.Time(RequestTime.Failure));
            parts[name] = parts.TryGetValue(name, out var before) ? before.Join(part) : part;
        }

        return parts;
    }
}

/// <summary>What requests of one name gave in an interval.</summary>
/// <param name="Method">Method of the first of them.</param>
/// <param name="Requests">Finished requests.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Bytes">Bytes of their bodies together.</param>
/// <param name="Good">Response times of those that ended well.</param>
/// <param name="Bad">Response times of those that failed.</param>
internal sealed record RequestPart(string Method, long Requests, long Failed, long Bytes, HistogramData Good, HistogramData Bad)
{
    /// <summary>Both together.</summary>
    public RequestPart Join(RequestPart other) => new(
        Method, Requests + other.Requests, Failed + other.Failed, Bytes + other.Bytes, HistogramData.Merge(Good, other.Good), HistogramData.Merge(Bad, other.Bad));
}
