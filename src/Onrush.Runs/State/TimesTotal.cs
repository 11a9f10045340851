using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>A distribution over the whole run together with what is shown of it, worked out again only after something was added.</summary>
internal sealed class TimesTotal
{
    private readonly HistogramTotal _total = new();
    private ResponseTimes? _shown = ResponseTimes.None;

    /// <summary>Number of values.</summary>
    public long Count => _total.Count;

    /// <summary>What is shown.</summary>
    public ResponseTimes Shown => _shown ??= TimesOf.Total(_total);

    /// <summary>What is shown; null when there is no value.</summary>
    public ResponseTimes? ShownOrNull => Count == 0 ? null : Shown;

    /// <summary>Counts these values too.</summary>
    public void Add(HistogramData data)
    {
        if (data.Count == 0)
            return;
        _total.Add(data);
        _shown = null;
    }

    /// <summary>Counts the values of another one too.</summary>
    public void Add(TimesTotal other)
    {
        _total.Add(other._total);
        _shown = other.Count == 0 ? _shown : null;
    }

    /// <summary>Adds the values so far to a total.</summary>
    public void AddTo(HistogramTotal total) => total.Add(_total);

    /// <summary>The values so far.</summary>
    public HistogramData ToData() => _total.ToData();
}
