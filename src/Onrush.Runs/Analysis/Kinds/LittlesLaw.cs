namespace Onrush.Runs.Analysis;

/// <summary>
/// Little's law: in a steady state as many requests are in flight as arrive in the time that one takes. Where there are many more, some of them are not
/// among those whose times are measured: they hang.
/// </summary>
internal static class LittlesLaw
{
    private const int Fewest = 8;
    private const double Factor = 1.4;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        RunSecond[] steady = [.. analysed.Steady.Where(p => !p.GeneratorBound)];
        double seconds = steady.Sum(p => p.LengthSeconds);
        if (seconds < Fewest || steady.Length < Fewest || steady.Sum(p => p.Requests) < 20)
            yield break;
        double inFlight = Statistics.Median(steady.Select(p => (double)p.InFlight));
        double explained = steady.Sum(p => AnalysedRun.Concurrency(p) * p.LengthSeconds) / seconds;
        double rate = steady.Sum(p => p.Requests) / seconds;
        if (inFlight < explained * Factor + 3)
            yield break;
        double ms = explained / rate * 1000;
        yield return new Finding(
            FindingKind.LittlesLaw, FindingSeverity.Warning, "Requests are missing from the times",
            $"{Say.Count(inFlight)} requests are in flight, but {Say.Rate(rate)} of {Say.Ms(ms)} account for {Say.Count(explained)} only (Little's law). "
                + $"The other {Say.Count(inFlight - explained)} hang: their times are in no percentile until they end.")
        {
            Evidence = [new("In flight", Say.Count(inFlight)), new("Rate × response time", Say.Digits(explained)), new("Oldest request", Say.Ms(steady[^1].OldestRequestMs))],
            FromSeconds = steady[0].StartSecond,
            ToSeconds = AnalysedRun.End(steady[^1]),
            Charts = [FindingChart.InFlight, FindingChart.Times],
        };
    }
}
