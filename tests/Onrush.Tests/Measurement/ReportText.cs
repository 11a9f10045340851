using System.Text;
using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

/// <summary>A report as text in one fixed order, so that two reports can be compared as a whole.</summary>
internal static class ReportText
{
    public static string Of(IntervalReport report) =>
        $"{report.Worker}/{report.Incarnation} {report.FirstSequence}-{report.LastSequence} {report.StartUnixMs}+{report.DurationNs}\n"
        + $"{string.Join(",", report.Gauges.UsersByClass.Select(u => $"{u.Key}={u.Value}"))} {report.Gauges.Spawning} "
        + $"{report.Gauges.InFlight} {report.Gauges.OldestRequestNs}\n"
        + Of(report.Totals);

    public static string Of(IntervalTotals totals)
    {
        var text = new StringBuilder();
        foreach (var series in totals.Series.Values.OrderBy(s => s.Key))
        {
            text.AppendLine($"{series.Key} {series.Started} {string.Join(",", series.Outcomes.ToArray())} {series.BytesSent} "
                + $"{series.BytesReceived} {series.ContentLength} {string.Join(",", series.Statuses.ToArray())}");
            foreach (var time in Enum.GetValues<RequestTime>())
                text.AppendLine($"  {time} {Of(series.Time(time))}");
        }
        foreach (var (key, tally) in totals.Errors.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal))
            text.AppendLine($"{key} {tally}");
        foreach (var (key, tally) in totals.Exceptions.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal))
            text.AppendLine($"{key} {tally}");
        foreach (var one in totals.Iterations.Values.OrderBy(i => i.Scenario, StringComparer.Ordinal))
            text.AppendLine($"{one.Scenario} {one.Failed} {Of(one.Duration)} {Of(one.Lateness)}");
        foreach (var loop in totals.Loops.Values.OrderBy(l => l.Loop))
            text.AppendLine($"{loop.Loop} {loop.DurationNs} {loop.BusyNs} {Of(loop.Lag)} {Of(loop.Canary)} {Of(loop.Added)}");
        text.AppendLine($"{totals.UsersStarted} {totals.UsersFailedOnStart} {totals.DroppedNames}");
        return text.ToString();
    }

    private static string Of(HistogramData data) =>
        $"{data.Count} {data.Sum} {data.Min} {data.Max} {string.Join(",", data.Buckets.ToArray())} {string.Join(",", data.Counts.ToArray())}";
}
