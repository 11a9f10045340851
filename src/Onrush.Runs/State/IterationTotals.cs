using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>The iterations of one scenario, or of all together, since the start of the run.</summary>
internal sealed class IterationTotals(string scenario)
{
    private readonly TimesTotal _fromDue = new();
    private readonly TimesTotal _duration = new();
    private readonly TimesTotal _lateness = new();

    /// <summary>Name of the scenario.</summary>
    public string Scenario => scenario;

    /// <summary>Finished iterations.</summary>
    public long Count => _duration.Count;

    /// <summary>Those that an exception ended.</summary>
    public long Failed { get; private set; }

    /// <summary>Iterations that were due and were never started.</summary>
    public long Dropped { get; private set; }

    /// <summary>Iterations that were cut by the stop of their user.</summary>
    public long Interrupted { get; private set; }

    /// <summary>Adds how long they took to a total.</summary>
    public void AddDuration(HistogramTotal total) => _duration.AddTo(total);

    /// <summary>Adds how late scheduled ones started to a total.</summary>
    public void AddLateness(HistogramTotal total) => _lateness.AddTo(total);

    /// <summary>Adds the times from the due starts of scheduled ones to their ends to a total.</summary>
    public void AddFromDue(HistogramTotal total) => _fromDue.AddTo(total);

    /// <summary>The iterations of several scenarios, put together.</summary>
    public static IterationTotals Sum(IReadOnlyCollection<IterationTotals> scenarios)
    {
        var sum = new IterationTotals("");
        foreach (var one in scenarios)
        {
            sum.Failed += one.Failed;
            sum.Dropped += one.Dropped;
            sum.Interrupted += one.Interrupted;
            sum._fromDue.Add(one._fromDue);
            sum._duration.Add(one._duration);
            sum._lateness.Add(one._lateness);
        }

        return sum;
    }

    /// <summary>Adds what a report says.</summary>
    public void Add(IterationInterval interval)
    {
        Failed += interval.Failed;
        Dropped += interval.Dropped;
        Interrupted += interval.Interrupted;
        _fromDue.Add(interval.FromDue);
        _duration.Add(interval.Duration);
        _lateness.Add(interval.Lateness);
    }

    /// <summary>The row as it is shown.</summary>
    public IterationRow ToRow() => new(scenario, _duration.Count, Failed, _duration.Shown, _lateness.ShownOrNull);
}
