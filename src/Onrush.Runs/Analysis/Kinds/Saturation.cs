namespace Onrush.Runs.Analysis;

/// <summary>
/// The target does no more, however much is asked of it: throughput stands still or falls while the response time grows. Where the load was ramped the
/// corner is found in users; where it was constant from the start, a queue shows in times that are all alike and far above the fastest ones.
/// </summary>
internal static class Saturation
{
    private const double LeastRange = 3, LeastGrowth = 2, KneeBelow = 0.8, LeastFit = 0.5;
    private const double QueueFactor = 4, QueueNarrow = 1.35;

    // Throughputs that differ by no more than this are the same one.
    private const double SameThroughput = 0.8;

    // And these are one level: the best of some that are alike is a little more than any can do for long.
    private const double OneLevel = 0.9;
    private const double FewSeconds = 3;

    // A target that does so much of all it can already lets some requests stand in line.
    private const double SomeStandInLine = 0.5;

    public static IEnumerable<Finding> Find(AnalysedRun analysed) => Runs.Finding.Perhaps(Ramped(analysed) ?? Overrun(analysed) ?? Constant(analysed));

    private static Finding? Ramped(AnalysedRun analysed)
    {
        var levels = LoadLevel.Of(analysed.Points);
        if (levels.Count < 4 || levels[^1].Load < levels[0].Load * LeastRange || analysed.IsOpen)
            return null;
        var (best, most) = levels.Select((level, at) => (Level: level, Throughput: Sustained(levels, at))).MaxBy(l => l.Throughput);
        // The lowest level may have all the throughput there is already, where users come fast: then it is the knee, and its requests stood in line.
        bool queued = levels[0].Throughput >= most * SameThroughput;
        if ((queued ? new Knee(levels[0].Load, most, 1) : Knee.Of(levels)) is not { } knee || knee.Load > levels[^1].Load * KneeBelow || knee.Fit < LeastFit)
            return null;
        var top = levels[^1];
        double throughput = LevelOff(levels, knee, most);
        var width = Width.OfLevels(analysed, levels, knee, throughput, queued);
        if (top.ResponseMs < width.ServiceMs * LeastGrowth || (queued && top.ResponseMs < levels[0].ResponseMs * LeastGrowth))
            return null;
        if (levels[0].Throughput >= most * SomeStandInLine)
            width = Width.OfLevels(analysed, levels, knee, throughput, queued: true);
        bool falls = top.Throughput < most * 0.8 && top.Load > best.Load * 1.5;
        var from = analysed.Points.FirstOrDefault(p => p.Users >= knee.Load) ?? analysed.Points[0];
        return Finding(
            analysed, throughput, width, top.ResponseMs, from,
            $"From about {Say.Plural(Say.Rounded(knee.Load), "user")} on throughput stays at {Say.Rate(throughput)} while the response time grows from {Say.Ms(width.ServiceMs)} to {Say.Ms(top.ResponseMs)}: the target is at its limit."
                + (falls ? $" With {Say.Plural(top.Load, "user")} it even does less, {Say.Rate(top.Throughput)}: they get into each other's way (locks, memory, processes)." : ""),
            levels, [new("Knee", Say.Plural(Say.Rounded(knee.Load), "user"))]);
    }

    // A second after a hitch has what was held up in it: a level of few seconds counts together with those beside it.
    private static double Sustained(IReadOnlyList<LoadLevel> levels, int at) =>
        levels[at].Seconds >= FewSeconds ? levels[at].Throughput : Mean(levels.Skip(Math.Max(0, at - 1)).Take(at == 0 ? 2 : 3));

    private static double LevelOff(IReadOnlyList<LoadLevel> levels, Knee knee, double most)
    {
        LoadLevel[] off = [.. levels.Where(l => l.Load >= knee.Load && l.Throughput >= most * OneLevel)];
        return off.Length == 0 ? most : Mean(off);
    }

    private static double Mean(IEnumerable<LoadLevel> levels) => levels.Sum(l => l.Throughput * l.Seconds) / levels.Sum(l => l.Seconds);

    // More arrives than is done, and the times grow all the while.
    private static Finding? Overrun(AnalysedRun analysed)
    {
        if (!analysed.IsOpen)
            return null;
        RunSecond[] points = [.. analysed.Points.Where(p => !p.GeneratorBound)];
        if (points.Length < 8)
            return null;
        RunSecond[] late = points[(points.Length / 2)..], early = [.. points.Where(p => p.Times.Count > 0).Take(Math.Max(2, points.Length / 5))];
        double offered = late.Sum(p => p.ArrivalsStarted + p.ArrivalsDropped) / (double)late.Sum(p => p.LengthSeconds);
        double done = late.Sum(p => p.Iterations) / (double)late.Sum(p => p.LengthSeconds);
        double unloaded = early.Length == 0 ? 0 : early.Min(p => p.Times.MedianMs), now = Statistics.Median(late.Where(p => p.Times.Count > 0).Select(p => p.Times.AverageMs));
        if (done >= offered * 0.95 || unloaded <= 0 || now < unloaded * LeastGrowth)
            return null;
        var from = points.FirstOrDefault(p => p.Times.AverageMs > unloaded * LeastGrowth) ?? late[0];
        double throughput = late.Sum(p => p.Requests - p.Failures) / (double)late.Sum(p => p.LengthSeconds);
        return Finding(
            analysed, throughput, Width.Known(throughput, unloaded), now, from,
            $"{Say.Rate(offered)} iterations fell due, {Say.Rate(done)} got done, and the response time grew from {Say.Ms(unloaded)} to {Say.Ms(now)}: the target is at its limit.",
            [], [new("Iterations due", Say.Rate(offered)), new("Iterations done", Say.Rate(done))]);
    }

    private static Finding? Constant(AnalysedRun analysed)
    {
        var times = analysed.Run.Aggregated.Successes;
        // Seconds in which something came of it: where users ask once, they stay when all has been answered.
        RunSecond[] steady = [.. analysed.Steady.Where(p => p.Requests > p.Failures && !p.GeneratorBound)];
        // The last of them is one only in part.
        if (steady.Length > 5)
            steady = steady[..^1];
        if (times.Count < 100 || steady.Length < 5 || times.MinMs <= 0)
            return null;
        double median = Statistics.Median(steady.Select(p => p.Times.MedianMs));
        double narrow = Statistics.Median(steady.Select(p => p.Times.Percentile(0.9) / Math.Max(p.Times.MedianMs, 1e-6)));
        double rate = steady.Sum(p => p.Requests - p.Failures) / (double)steady.Sum(p => p.LengthSeconds);
        double waiting = rate * (median - times.MinMs) / 1000;
        if (median < times.MinMs * QueueFactor || narrow > QueueNarrow || waiting < 3)
            return null;
        return Finding(
            analysed, rate, Width.Queued(analysed, rate), median, steady[0],
            $"{Say.Plural(steady[^1].Users, "user")} get {Say.Rate(rate)}; nearly all requests take about {Say.Ms(median)} although {Say.Ms(times.MinMs)} is possible: they stand in a queue of about {Say.Count(waiting)}. The target is at its limit.",
            [], [new("Waiting in the target", Say.Count(waiting))]);
    }

    private static Finding Finding(
        AnalysedRun analysed, double throughput, Width width, double loadedMs, RunSecond from, string text, IReadOnlyList<LoadLevel> levels, IReadOnlyList<FindingEvidence> evidence)
    {
        var curve = UniversalScalability.Of(levels);
        return new Finding(
            FindingKind.Saturation, loadedMs > width.ServiceMs * 4 ? FindingSeverity.Problem : FindingSeverity.Warning, $"The target is saturated at {Say.Rate(throughput)}", text + width.Text)
        {
            Evidence =
            [
                .. evidence,
                new("Throughput at the limit", Say.Rate(throughput)), new("Response time without queue", Say.Ms(width.ServiceMs)), new("Response time under full load", Say.Ms(loadedMs)),
                new("Requests at a time", width.Figure),
                new("Universal Scalability fit", InWords(curve)),
            ],
            FromSeconds = from.StartSecond,
            ToSeconds = AnalysedRun.End(analysed.Points[^1]),
            Charts = [FindingChart.Throughput, FindingChart.Times, FindingChart.Users],
        };
    }

    private static string InWords(UniversalScalability curve) => curve.Confidence == FitConfidence.NotEnoughData
        ? "not enough data"
        : $"contention {Say.Percent(curve.Contention)}, coherency {curve.Coherency.ToString("0.0#e+0", System.Globalization.CultureInfo.InvariantCulture)}"
            + (double.IsInfinity(curve.Peak) ? "" : $", most at {Say.Count(curve.Peak)} at a time")
            + $" (R² {Say.Digits(curve.Fit)}, confidence {(curve.Confidence == FitConfidence.High ? "high" : "fair")})";
}
