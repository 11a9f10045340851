using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What is known of one incarnation of a worker: which reports came, how things stood at the last one, its request count.</summary>
internal sealed class WorkerLife(string worker, int incarnation)
{
    /// <summary>Name of the worker.</summary>
    public string Worker { get; } = worker;

    /// <summary>Which life of the worker.</summary>
    public int Incarnation { get; } = incarnation;

    /// <summary>Reports that were applied.</summary>
    public SequenceSet Applied { get; } = new();

    /// <summary>How things stood at the end of the report with the highest number.</summary>
    public IntervalGauges Gauges { get; private set; } = new();

    /// <summary>End of that report, in milliseconds of Unix time.</summary>
    public long LastUnixMs { get; private set; }

    /// <summary>99th percentile of the lag of its worst loop in that report, in milliseconds.</summary>
    public double LagP99Ms { get; private set; }

    /// <summary>Busy share of its busiest loop in that report, in percent.</summary>
    public double BusyPercent { get; private set; }

    /// <summary>How it has kept up of late.</summary>
    public WorkerPace Pace { get; private set; }

    /// <summary>Requests begun and not ended, as far as the counts of all series tell.</summary>
    public long Open { get; private set; }

    /// <summary>Requests finished.</summary>
    public long Requests { get; private set; }

    /// <summary>Those that failed.</summary>
    public long Failures { get; private set; }

    /// <summary>Response times of all of them.</summary>
    public TimesTotal Times { get; } = new();

    /// <summary>Takes into account how its loops kept up; only what is newer than all before says how it stands.</summary>
    public void Keep(IntervalReport report, long medianResponseNs)
    {
        if (report.LastSequence == Applied.Highest)
            Pace = Pace.After(report, medianResponseNs);
    }

    /// <summary>Adds up what belongs to the results.</summary>
    public void Count(ReportSums sums)
    {
        Requests += sums.Requests;
        Failures += sums.Failures;
        Times.Add(sums.Times);
    }

    /// <summary>Takes a report in. False when it was applied before, or cannot be because a part of it was.</summary>
    public bool TryApply(IntervalReport report)
    {
        bool newest = report.LastSequence > Applied.Highest;
        if (!Applied.Add(report.FirstSequence, report.LastSequence))
            return false;
        if (newest)
        {
            Gauges = report.Gauges;
            LastUnixMs = report.EndUnixMs;
            LagP99Ms = report.Totals.Loops.Values.Select(loop => loop.LagP99Ns / 1e6).DefaultIfEmpty().Max();
            BusyPercent = report.Totals.Loops.Values.Select(loop => loop.Busy * 100).DefaultIfEmpty().Max();
        }
        foreach (var series in report.Totals.Series.Values)
            Open += series.Started - series.Succeeded - series.Failed - series.Cancelled;
        return true;
    }
}
