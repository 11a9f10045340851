namespace Onrush.Runs.Comparison;

/// <summary>
/// One endpoint of one run, cut into blocks of time. A figure is worked out for the whole and for the whole without each block: how much
/// it depends on single blocks says how much it would differ in a repetition, whatever made neighbouring seconds alike.
/// </summary>
internal sealed class Blocks
{
    private readonly EndpointPart[] _parts;
    private readonly double[] _seconds;
    private readonly EndpointPart _all;
    private readonly double _allSeconds;

    /// <param name="slots">The course of the run.</param>
    /// <param name="endpoint">What is looked at.</param>
    /// <param name="count">Number of blocks.</param>
    public Blocks(IReadOnlyList<Slot> slots, Endpoint endpoint, int count)
    {
        _parts = new EndpointPart[count];
        _seconds = new double[count];
        for (int i = 0; i < count; i++)
        {
            var part = EndpointPart.Empty;
            foreach (var slot in slots.Skip(i * slots.Count / count).Take((i + 1) * slots.Count / count - i * slots.Count / count))
            {
                part = EndpointPart.Merge(part, slot.Parts.GetValueOrDefault(endpoint, EndpointPart.Empty));
                _seconds[i] += slot.Seconds;
            }
            _parts[i] = part;
        }
        _all = _parts.Aggregate(EndpointPart.Empty, EndpointPart.Merge);
        _allSeconds = _seconds.Sum();
    }

    /// <summary>Requests finished, good or failed.</summary>
    public long Requests => _all.Requests;

    /// <summary>Requests that succeeded.</summary>
    public long Succeeded => _all.Succeeded;

    /// <summary>Number of blocks.</summary>
    public int Count => _parts.Length;

    /// <summary>Figures of the whole, and of the whole without each block in turn.</summary>
    public (double[] Whole, double[][] Without) Figures(IReadOnlyList<ComparedMetric> metrics)
    {
        var times = new Distribution();
        times.Add(_all.Times);
        var whole = Of(metrics, times, _all.Requests, _all.Failed, _allSeconds);
        var without = new double[Count][];
        for (int i = 0; i < Count; i++)
        {
            times.Add(_parts[i].Times, -1);
            without[i] = Of(metrics, times, _all.Requests - _parts[i].Requests, _all.Failed - _parts[i].Failed, _allSeconds - _seconds[i]);
            times.Add(_parts[i].Times);
        }
        return (whole, without);
    }

    private static double[] Of(IReadOnlyList<ComparedMetric> metrics, Distribution times, long requests, long failed, double seconds) =>
        [.. metrics.Select(metric => metric switch
        {
            ComparedMetric.Median => times.Percentile(0.5) / 1e6,
            ComparedMetric.P95 => times.Percentile(0.95) / 1e6,
            ComparedMetric.P99 => times.Percentile(0.99) / 1e6,
            ComparedMetric.Mean => times.Mean / 1e6,
            ComparedMetric.Rps => seconds > 0 ? requests / seconds : 0,
            ComparedMetric.Failed => requests > 0 ? 100.0 * failed / requests : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(metrics)),
        })];
}
