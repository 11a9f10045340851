namespace Onrush.Runs.Analysis;

/// <summary>
/// Where throughput stops growing with the load: the corner of the line from the origin and the level line that together come nearest to what was
/// measured.
/// </summary>
/// <param name="Load">Users at the corner.</param>
/// <param name="Throughput">Requests per second beyond it.</param>
/// <param name="Fit">Share of the variance that the two lines explain.</param>
internal sealed record Knee(double Load, double Throughput, double Fit)
{
    /// <summary>The corner; null where throughput grows up to the largest load.</summary>
    public static Knee? Of(IReadOnlyList<LoadLevel> levels)
    {
        // Where a target breaks down under too much load its throughput falls; the corner is where it stopped growing.
        double most = levels.Max(l => l.Throughput);
        int peak = levels.TakeWhile(l => l.Throughput < most).Count();
        levels = [.. levels.Select((l, i) => i <= peak ? l : l with { Throughput = Math.Max(l.Throughput, most) })];
        Knee? best = null;
        double bestError = double.MaxValue;
        for (int split = 1; split < levels.Count - 1; split++)
        {
            double rising = levels.Take(split).Sum(l => l.Load * l.Throughput) / levels.Take(split).Sum(l => l.Load * l.Load);
            double flat = levels.Skip(split).Average(l => l.Throughput);
            if (rising <= 0 || flat <= 0)
                continue;
            double[] model = [.. levels.Select(l => Math.Min(l.Load * rising, flat))];
            double error = levels.Select((l, i) => Math.Pow((l.Throughput - model[i]) / flat, 2)).Sum();
            if (error >= bestError)
                continue;
            bestError = error;
            best = new Knee(flat / rising, flat, Statistics.Explained([.. levels.Select(l => l.Throughput)], model));
        }

        return best is { } knee && knee.Load < levels[^1].Load ? knee : null;
    }
}
