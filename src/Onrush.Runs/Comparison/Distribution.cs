using Onrush.Measurement;

namespace Onrush.Runs.Comparison;

/// <summary>
/// Times from which some can be taken away again. Percentiles are interpolated within their bucket: a bucket is 0.8 % wide, and steps of
/// that size would hide how much a percentile varies.
/// </summary>
internal sealed class Distribution
{
    private readonly long[] _counts = new long[HistogramLayout.Buckets];
    private int _first = HistogramLayout.Buckets;
    private int _last = -1;
    private double _sum;

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Arithmetic mean in nanoseconds.</summary>
    public double Mean => Count == 0 ? 0 : _sum / Count;

    /// <summary>Adds the values once, or takes them away with -1.</summary>
    public void Add(HistogramData data, int times = 1)
    {
        for (int i = 0; i < data.Buckets.Length; i++)
            _counts[data.Buckets[i]] += times * data.Counts[i];
        if (data.Count > 0)
            (_first, _last) = (Math.Min(_first, data.Buckets[0]), Math.Max(_last, data.Buckets[^1]));
        Count += times * data.Count;
        _sum += times * (double)data.Sum;
    }

    /// <summary>The value in nanoseconds that the given share does not exceed.</summary>
    public double Percentile(double fraction)
    {
        double rank = fraction * Count;
        long seen = 0;
        for (int i = _first; i <= _last; i++)
        {
            if (_counts[i] == 0)
                continue;
            if (seen + _counts[i] >= rank)
            {
                double lower = HistogramLayout.LowerBound(i);
                double width = i + 1 < _counts.Length ? HistogramLayout.LowerBound(i + 1) - lower : 1;
                return lower + width * Math.Clamp((rank - seen) / _counts[i], 0, 1);
            }
            seen += _counts[i];
        }
        return 0;
    }
}
