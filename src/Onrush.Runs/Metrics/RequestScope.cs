using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Derives metrics from the requests that a filter chooses. Cancelled requests are in none of them.</summary>
internal sealed class RequestScope(MetricScope scope, bool httpOnly)
{
    private readonly MetricFilter _filter = scope.Filter;

    // Null when both good and failed requests are asked for.
    private readonly bool? _good = scope.Filter[MetricTags.ExpectedResponse] is { } wanted ? wanted == "true" : null;

    /// <summary>Number of requests.</summary>
    public MetricSink Count()
    {
        var status = _filter[MetricTags.Status] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        return MetricSink.Counter(Series.Sum(s => status is { } one ? s.OfStatus(one) : Chosen(s)), scope.State.FoldedSeconds);
    }

    /// <summary>Share of requests that failed.</summary>
    public MetricSink FailedShare() => MetricSink.Share(_good is true ? 0 : Series.Sum(s => s.Failures), Series.Sum(Chosen));

    /// <summary>Bytes written.</summary>
    public MetricSink BytesSent() => MetricSink.Counter(Series.Sum(s => s.BytesSent), scope.State.FoldedSeconds);

    /// <summary>Bytes read.</summary>
    public MetricSink BytesReceived() => MetricSink.Counter(Series.Sum(s => s.BytesReceived), scope.State.FoldedSeconds);

    /// <summary>A time that is kept of good and failed requests together.</summary>
    public MetricSink Times(RequestTime time) => Times(time, null);

    /// <summary>A time that is kept of good and of failed requests.</summary>
    public MetricSink Times(RequestTime good, RequestTime? failed)
    {
        var total = new HistogramTotal();
        foreach (var series in Series)
        {
            if (failed is null || _good is not false)
                series.AddTo(total, good);
            if (failed is { } time && _good is not true)
                series.AddTo(total, time);
        }

        return MetricSink.Times(total);
    }

    private IEnumerable<SeriesTotals> Series => scope.State.Requests.Where(httpOnly, _filter);

    private long Chosen(SeriesTotals series) => _good switch
    {
        true => series.Requests - series.Failures,
        false => series.Failures,
        null => series.Requests,
    };
}
