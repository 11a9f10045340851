using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>How many requests a target at its limit works on at a time: its throughput times the time of a request that does not stand in line (Little's law).</summary>
/// <param name="Throughput">Requests per second at the limit.</param>
/// <param name="ServiceMs">Time of a request that does not stand in line, in milliseconds; where that was not seen, the fastest.</param>
/// <param name="MostMs">The longest that it may be, in milliseconds.</param>
/// <param name="IsMost">Whether even the fastest may have stood in line.</param>
internal sealed record Width(double Throughput, double ServiceMs, double MostMs, bool IsMost = false)
{
    // Below this it is one: less than one is a time that was told too short.
    private const double One = 1.6;

    // How far the two bounds may be apart and still be one number.
    private const double Apart = 1.6;

    // Of all requests, those that were there before any queue are a few of the fastest.
    private const double BeforeTheQueue = 0.002;

    // A mean that is further above the middle was made by some requests at the start, when the target was cold.
    private const double Cold = 2;

    // Where the middle one is so little above the fastest all would take as long, but for what held some up: then the middle one says it, and not the mean.
    private const double Alike = 1.5;

    // Users who hardly asked a second time all asked at once, and of a target that was cold.
    private const double Once = 1.5;

    private double Least => Throughput * ServiceMs / 1000;

    private double Most => Throughput * MostMs / 1000;

    private bool IsOneNumber => Most < One || Most <= Least * Apart;

    /// <summary>The figure.</summary>
    public string Figure => IsMost && Most >= One ? $"at most {Say.Digits(Most)}" : IsOneNumber ? Say.Digits(Least) : $"{Say.Digits(Least)} to {Say.Digits(Most)}";

    /// <summary>A sentence, with a blank in front.</summary>
    public string Text => IsOneNumber && Least < One ? " It works on one request at a time: a single thread, or one lock around everything."
        : IsMost ? $" It works on {Say.Count(Say.Rounded(Most))} requests at a time at the most: all were asked for at once, so even the fastest may have stood in line."
        : IsOneNumber ? $" It works on about {Say.Count(Say.Rounded(Least))} requests at a time ({Say.Rate(Throughput)} of {Say.Ms(ServiceMs)}).{KnownLimits.Hint(Least, 0.06)}"
        : $" It works on {Say.Count(Math.Max(1, Say.Rounded(Least)))} to {Say.Count(Say.Rounded(Most))} requests at a time: there was a queue from the first second on, so what one takes without it is known from the fastest ones only.";

    /// <summary>Where requests without a queue were measured.</summary>
    public static Width Known(double throughput, double serviceMs) => new(throughput, serviceMs, serviceMs);

    /// <summary>Where there was a queue all the time.</summary>
    public static Width Queued(AnalysedRun analysed, double throughput)
    {
        var (fastest, fast) = Fastest(analysed);
        // Where both agree, the fastest one of all is an exception.
        return new Width(throughput, fast <= fastest * Apart ? fast : fastest, fast, IsMost: analysed.Run.Aggregated.Requests < analysed.MostUsers * Once);
    }

    /// <summary>Told by the levels of a ramp.</summary>
    /// <param name="analysed">The run.</param>
    /// <param name="levels">Its levels.</param>
    /// <param name="knee">Where throughput stops growing.</param>
    /// <param name="throughput">Requests per second at the limit.</param>
    /// <param name="queued">Whether the lowest level has much of the throughput there is already: then its requests stood in line.</param>
    public static Width OfLevels(AnalysedRun analysed, IReadOnlyList<LoadLevel> levels, Knee knee, double throughput, bool queued)
    {
        double alike = Fastest(analysed).Few * Alike;
        double mean = levels.Where(l => l.Load <= knee.Load * 1.1).DefaultIfEmpty(levels[0])
            .Min(l => l.TypicalMs <= alike || l.ResponseMs > l.TypicalMs * Cold ? Math.Min(l.TypicalMs, l.ResponseMs) : l.ResponseMs);
        return queued && Queued(analysed, throughput) is { ServiceMs: > 0 } found && found.ServiceMs < mean
            ? found with { MostMs = Math.Max(found.ServiceMs, Math.Min(found.MostMs, mean)) }
            : Known(throughput, mean);
    }

    // The fastest of all requests, and of the fastest few the slowest.
    private static (double One, double Few) Fastest(AnalysedRun analysed)
    {
        var times = new HistogramTotal();
        foreach (var row in analysed.Run.Series)
            times.Add(row.SuccessTimes);
        var all = times.ToData();
        double fastest = analysed.Run.Aggregated.Successes.MinMs;
        return (fastest, Math.Max(fastest, all.Count == 0 ? 0 : all.Percentile(BeforeTheQueue) / 1e6));
    }
}
