using System.Text;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Results.Csv;

namespace Onrush.Dashboard;

/// <summary>The course of a run in the columns of Locust's history file: a row for each point, with the totals up to it.</summary>
internal static class HistoryTable
{
    public static string Of(RunSnapshot run)
    {
        var text = new StringBuilder(HistoryCsv.Head);
        var times = new HistogramTotal();
        long requests = 0, failures = 0;
        foreach (var point in run.Seconds)
        {
            times.Add(point.Distribution);
            (requests, failures) = (requests + point.Requests, failures + point.Failures);
            text.Append(HistoryCsv.Of(
                RunSnapshot.Empty with
                {
                    TakenAt = (run.StartTime ?? run.TakenAt) + TimeSpan.FromSeconds(point.StartSecond + point.LengthSeconds),
                    Users = point.Users,
                    Aggregated = run.Aggregated with
                    {
                        Requests = requests,
                        Failures = failures,
                        CurrentRps = point.Rps,
                        CurrentFailuresPerSecond = point.FailuresPerSecond,
                        All = TimesOf.Total(times),
                    },
                },
                current: null));
        }

        return text.ToString();
    }
}
