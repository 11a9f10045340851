using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// A distribution that still grows, by the reports of one worker or of hundreds. While it has few buckets it is kept as it came, which takes the least memory;
/// then it is summed up in place, since merging would copy all of it with every report. Owned by one thread.
/// </summary>
internal sealed class OpenTimes
{
    // About as many take as much memory as the octaves that they lie in.
    private const int MostSparse = 256;

    private HistogramData _sparse = HistogramData.Empty;
    private HistogramTotal? _dense;

    /// <summary>Counts these values too.</summary>
    public void Add(HistogramData data)
    {
        if (data.Count == 0)
            return;
        if (_dense is null && _sparse.Buckets.Length + data.Buckets.Length <= MostSparse)
        {
            _sparse = HistogramData.Merge(_sparse, data);
            return;
        }

        if (_dense is null && _sparse.Count == 0)
        {
            _sparse = data;
            return;
        }

        Dense().Add(data);
    }

    /// <summary>Counts the values of another one too.</summary>
    public void Add(OpenTimes other)
    {
        if (other._dense is { } dense)
            Dense().Add(dense);
        else
            Add(other._sparse);
    }

    /// <summary>Percentiles in nanoseconds, as <see cref="HistogramTotal.Percentiles"/>.</summary>
    public void Percentiles(ReadOnlySpan<double> fractions, Span<long> values)
    {
        if (_dense is not null)
        {
            _dense.Percentiles(fractions, values);
            return;
        }

        for (int i = 0; i < fractions.Length; i++)
            values[i] = _sparse.Percentile(fractions[i]);
    }

    /// <summary>The values so far. It goes on from these, so that one that is read and does not grow any more takes little memory.</summary>
    public HistogramData ToData()
    {
        if (_dense is { } dense)
            (_sparse, _dense) = (dense.ToData(), null);
        return _sparse;
    }

    private HistogramTotal Dense()
    {
        if (_dense is null)
        {
            _dense = new HistogramTotal();
            _dense.Add(_sparse);
            _sparse = HistogramData.Empty;
        }

        return _dense;
    }
}
