using System.Globalization;

namespace Onrush.Measurement;

/// <summary>
/// The slowest requests of one interval half that have a trace of the target's. Owned by the thread that holds the half. They leave as values of the gauge
/// <see cref="Metric"/>, one series each; reports write names again every minute, so those that are over are forgotten.
/// </summary>
internal sealed class TraceTable
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 3;

    /// <summary>Name of the gauge; its value is the response time in milliseconds.</summary>
    public const string Metric = "slow_traces";

    /// <summary>Tag that has the id of the trace, 32 hexadecimal digits.</summary>
    public const string IdTag = "trace_id";

    private readonly RequestSample[] _slowest = new RequestSample[Kept];
    private int _count;

    /// <summary>Looks at a request with a trace.</summary>
    public void Add(in RequestSample sample)
    {
        if (_count < Kept)
        {
            _slowest[_count++] = sample;
            return;
        }

        var least = 0;
        for (var i = 1; i < Kept; i++)
        {
            if (_slowest[i].ResponseNs < _slowest[least].ResponseNs)
                least = i;
        }

        if (sample.ResponseNs > _slowest[least].ResponseNs)
            _slowest[least] = sample;
    }

    /// <summary>What is kept, as values of a metric.</summary>
    /// <param name="keyOf">What a series stands for, by its index.</param>
    /// <param name="endUnixMs">End of the interval, in milliseconds of Unix time.</param>
    public IEnumerable<KeyValuePair<MetricKey, MetricInterval>> ToMetrics(Func<int, SeriesKey> keyOf, long endUnixMs)
    {
        for (var i = 0; i < _count; i++)
        {
            var sample = _slowest[i];
            var series = keyOf(sample.Series);
            var id = string.Create(CultureInfo.InvariantCulture, $"{sample.TraceHigh:x16}{sample.TraceLow:x16}");
            var tags = TagSet.Of(
            [
                new(IdTag, id), new(MetricTags.Method, series.Method), new(MetricTags.Name, series.Name),
                new(MetricTags.Status, sample.Status.ToString(CultureInfo.InvariantCulture)),
            ]);
            var ms = sample.ResponseNs / 1e6;
            yield return new(
                new MetricKey(Metric, MetricKind.Gauge, MetricUnit.Milliseconds, series.Scenario, tags), new MetricInterval(1, ms, ms, ms, ms, endUnixMs, HistogramData.Empty));
        }
    }

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear() => _count = 0;
}
