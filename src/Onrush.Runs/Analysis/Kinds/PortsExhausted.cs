using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>Connects that failed because this machine had no port or descriptor left.</summary>
internal static class PortsExhausted
{
    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        FailureRow[] rows =
        [
            .. analysed.Run.Failures.Where(f => f.Outcome == Outcome.Connect
                && (f.Message.Contains("no free local port", StringComparison.Ordinal) || f.Message.Contains("no free descriptor", StringComparison.Ordinal))),
        ];
        long count = rows.Sum(r => r.Occurrences);
        if (count == 0)
            yield break;
        bool ports = rows.MaxBy(r => r.Occurrences)!.Message.Contains("port", StringComparison.Ordinal);
        double? from = Onset.Of(analysed, [Outcome.Connect])?.StartSecond;
        yield return new Finding(
            FindingKind.Ports, FindingSeverity.Problem, ports ? "The generator ran out of ports" : "The generator ran out of descriptors",
            $"{Say.Plural(count, "request")} could not be sent because this machine had no {(ports ? "local port for another connection. A closed connection keeps its port for a minute; --local-addresses or more workers bring more of them" : "descriptor for another connection. Raise the limit (ulimit -n)")}. The target never saw them.")
        {
            Evidence = [new("Requests that failed so", Say.Count(count)), new("Connects per second, at most", Say.Count(analysed.Points.Select(p => p.Stages.Connects / (double)p.LengthSeconds).DefaultIfEmpty().Max()))],
            FromSeconds = from,
            ToSeconds = from is null ? null : AnalysedRun.End(analysed.Points[^1]),
            Charts = [FindingChart.Throughput, FindingChart.Users],
        };
    }
}
