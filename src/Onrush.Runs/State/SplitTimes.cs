using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// A time of all requests, of the good ones and of the failed ones. The distribution of all takes memory of its own only where there
/// are both.
/// </summary>
internal sealed class SplitTimes
{
    private TimesTotal? _both;

    /// <summary>The good requests.</summary>
    public TimesTotal Successes { get; } = new();

    /// <summary>The failed requests.</summary>
    public TimesTotal Failures { get; } = new();

    /// <summary>All of them.</summary>
    public TimesTotal All => _both ?? (Failures.Count > 0 ? Failures : Successes);

    /// <summary>Counts the values of another one too.</summary>
    public void Add(SplitTimes other) => Add(other.Successes.ToData(), other.Failures.ToData());

    /// <summary>Counts these values too.</summary>
    public void Add(HistogramData successes, HistogramData failures)
    {
        Successes.Add(successes);
        Failures.Add(failures);
        if (_both is not null)
        {
            _both.Add(successes);
            _both.Add(failures);
        }
        else if (Successes.Count > 0 && Failures.Count > 0)
        {
            _both = new TimesTotal();
            _both.Add(Successes.ToData());
            _both.Add(Failures.ToData());
        }
    }
}
