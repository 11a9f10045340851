using System.Globalization;
using System.Text;
using Onrush.Measurement;

namespace Onrush.Runs.Tests.Journal;

/// <summary>A report with everything in it as text in one fixed order, so that two can be compared as a whole.</summary>
internal static class ReportText
{
    public static string Of(IntervalReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Worker}/{report.Incarnation} {report.FirstSequence}-{report.LastSequence} {report.StartUnixMs}+{report.DurationNs}");
        var gauges = report.Gauges;
        text.AppendLine(CultureInfo.InvariantCulture, $"{Sorted(gauges.UsersByClass, u => $"{u}")} {gauges.Spawning} {gauges.InFlight} {gauges.OldestRequestNs}");
        var totals = report.Totals;
        text.AppendLine(Sorted(totals.Series, Of));
        text.AppendLine(Sorted(totals.Errors, e => $"{e}"));
        text.AppendLine(Sorted(totals.Exceptions, e => $"{e}"));
        text.AppendLine(Sorted(totals.Iterations, i => $"{i.Scenario} {i.Failed} {i.Dropped} {i.Interrupted} {Of(i.Duration)} {Of(i.Lateness)} {Of(i.FromDue)}"));
        text.AppendLine(Sorted(totals.Metrics, m => string.Create(
            CultureInfo.InvariantCulture, $"{m.Count} {Bits(m.Sum)} {Bits(m.Min)} {Bits(m.Max)} {Bits(m.Last)} {m.LastUnixMs} {Of(m.Values)}")));
        text.AppendLine(Sorted(totals.Loops, l => $"{l.Loop} {l.DurationNs} {l.BusyNs} {Of(l.Lag)} {Of(l.Canary)} {Of(l.Added)}"));
        return text.Append(CultureInfo.InvariantCulture, $"{totals.UsersStarted} {totals.UsersFailedOnStart} {totals.DroppedNames}").ToString();
    }

    private static string Sorted<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> table, Func<TValue, string> text) =>
        string.Join('\n', table.Select(pair => $"{pair.Key}: {text(pair.Value)}").Order(StringComparer.Ordinal));

    private static string Of(SeriesInterval series) =>
        $"{series.Key} {series.Started} {series.BytesSent} {series.BytesReceived} {series.ContentLength} {string.Join(',', series.Outcomes.ToArray())} "
        + $"{string.Join(',', series.Statuses.ToArray())} {string.Join(' ', Enum.GetValues<RequestTime>().Select(t => Of(series.Time(t))))}";

    private static string Of(HistogramData data) =>
        $"[{data.Count} {data.Sum} {data.Min} {data.Max} {string.Join(',', data.Buckets.ToArray())} {string.Join(',', data.Counts.ToArray())}]";

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
