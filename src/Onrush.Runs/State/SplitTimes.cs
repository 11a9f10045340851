using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// A time of all requests, of the good ones and of the failed ones. That of all is put together when it is asked for, and only where there are both: adding
/// each report to it as well would cost more than anybody looks at it.
/// </summary>
internal sealed class SplitTimes
{
    private TimesTotal? _both;

    /// <summary>The good requests.</summary>
    public TimesTotal Successes { get; } = new();

    /// <summary>The failed requests.</summary>
    public TimesTotal Failures { get; } = new();

    /// <summary>All of them.</summary>
    public TimesTotal All
    {
        get
        {
            if (Failures.Count == 0)
                return Successes;
            if (Successes.Count == 0)
                return Failures;
            if (_both is null)
            {
                _both = new TimesTotal();
                _both.Add(Successes);
                _both.Add(Failures);
            }

            return _both;
        }
    }

    /// <summary>Counts the values of another one too.</summary>
    public void Add(SplitTimes other)
    {
        Successes.Add(other.Successes);
        Failures.Add(other.Failures);
        _both = null;
    }

    /// <summary>Counts these values too.</summary>
    public void Add(HistogramData successes, HistogramData failures)
    {
        Successes.Add(successes);
        Failures.Add(failures);
        _both = null;
    }
}
