namespace Onrush.Runs.Analysis;

/// <summary>First seconds that are much slower than all later ones although the load was no higher: caches to fill, code to compile, pools to open.</summary>
internal static class ColdStart
{
    private const int FewestPoints = 10;
    private const double Factor = 2.5, LeastMs = 10;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        RunSecond[] points = [.. analysed.Points.Where(p => p.Times.Count > 0)];
        if (points.Length < FewestPoints || points[0].GeneratorBound)
            yield break;
        double later = Statistics.Median(points.Skip(points.Length / 4).Select(p => p.Times.MedianMs));
        double busiest = Statistics.Quantile(points.Skip(points.Length / 4).Select(p => p.Rps), 0.5);
        RunSecond[] cold = [.. points.TakeWhile(p => p.Times.MedianMs > Math.Max(later * Factor, later + LeastMs) && p.Rps <= busiest * 1.2)];
        if (cold.Length == 0 || cold.Length > points.Length / 4 || cold.Sum(p => p.Times.Count) < 5)
            yield break;
        double then = cold.Max(p => p.Times.MedianMs), until = AnalysedRun.End(cold[^1]);
        long connects = cold.Sum(p => p.Stages.Connects);
        double connecting = connects == 0 ? 0 : cold.Sum(p => p.Stages.ConnectNs) / 1e6 / connects;
        string why = connecting > then * 0.3
            ? $" A good part of it is connecting ({Say.Ms(connecting)} each)."
            : " Caches that fill, code that is compiled, pools that open their connections: begin with a warm-up scenario, or judge the time after it.";
        yield return new Finding(
            FindingKind.ColdStart, FindingSeverity.Warning, "The first requests were slow",
            $"In the first {Say.Seconds(until - points[0].StartSecond)} the median was {Say.Ms(then)}, later {Say.Ms(later)}, though there was no more load than later.{why}")
        {
            Evidence = [new("Median at the start", Say.Ms(then)), new("Median later", Say.Ms(later)), new("Requests of that time", Say.Count(cold.Sum(p => p.Times.Count))), new("Connect and handshake", Say.Ms(connecting))],
            FromSeconds = points[0].StartSecond,
            ToSeconds = until,
            Charts = [FindingChart.Times, FindingChart.Throughput],
        };
    }
}
