using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>The iterations of one scenario, or of all together, since the start of the run.</summary>
internal sealed class IterationTotals(string scenario)
{
    private readonly TimesTotal _duration = new();
    private readonly TimesTotal _lateness = new();
    private long _failed;

    /// <summary>Adds what a report says.</summary>
    public void Add(IterationInterval interval)
    {
        _failed += interval.Failed;
        _duration.Add(interval.Duration);
        _lateness.Add(interval.Lateness);
    }

    /// <summary>The row as it is shown.</summary>
    public IterationRow ToRow() => new(scenario, _duration.Count, _failed, _duration.Shown, _lateness.ShownOrNull);
}
