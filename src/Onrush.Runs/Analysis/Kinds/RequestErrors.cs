using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>Requests that failed: at which stage, since when, and under what load.</summary>
internal static class RequestErrors
{
    private const int Fewest = 3;
    private const double LeastShare = 0.001, Grave = 0.05;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var all = analysed.Run.Aggregated;
        OutcomeCount[] failed = [.. all.Outcomes.Where(o => OutcomeTable.IsFailure(o.Outcome)).OrderByDescending(o => o.Count)];
        if (all.Failures < Fewest || all.FailureRatio < LeastShare || failed.Length == 0)
            yield break;
        var onset = Onset.Of(analysed, [failed[0].Outcome]);
        string since = onset is null ? "" : $" The first came at {Say.Clock(onset.StartSecond)} with {Say.Plural(onset.Users, "user")}.";
        string mostly = failed.Length == 1 || failed[0].Count > all.Failures * 0.95 ? "all of them" : $"{Say.Percent((double)failed[0].Count / all.Failures)} of them";
        yield return new Finding(
            FindingKind.Errors, all.FailureRatio >= Grave ? FindingSeverity.Problem : FindingSeverity.Warning,
            all.FailureRatio >= 0.995 ? "Every request failed" : "Requests failed",
            $"{Say.Count(all.Failures)} of {Say.Plural(all.Requests, "request")} failed ({Say.Percent(all.FailureRatio)}), {mostly} because {Why(failed[0].Outcome)}.{since}")
        {
            Evidence =
            [
                .. failed.Take(5).Select(o => new FindingEvidence(o.Outcome.ToString(), Say.Count(o.Count))),
                .. analysed.Run.Failures.Take(1).Select(f => new FindingEvidence("Most frequent", f.Message)),
            ],
            FromSeconds = onset?.StartSecond,
            ToSeconds = onset is null ? null : AnalysedRun.End(analysed.Points.Last(p => p.Failures > 0)),
            Charts = [FindingChart.Throughput, FindingChart.Users],
        };
    }

    private static string Why(Outcome outcome) => outcome switch
    {
        Outcome.Dns => "the name did not resolve",
        Outcome.Refused => "the target refused the connection",
        Outcome.ConnectTimeout => "no connection came about in time",
        Outcome.Connect => "no connection could be made",
        Outcome.Tls => "the TLS handshake failed",
        Outcome.Send => "the request could not be sent",
        Outcome.ReadTimeout => "no complete response came in time",
        Outcome.Reset => "the target closed the connection before the response was complete",
        Outcome.Protocol => "what came back was no valid response",
        Outcome.Status => "the status was an error",
        _ => "the load test judged the response so",
    };
}
