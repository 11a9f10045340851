using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>How one engine loop kept up over the whole run. Immutable.</summary>
/// <param name="Worker">Whose loop it is.</param>
/// <param name="Loop">Its number in its process.</param>
internal sealed record LoopFigures(string Worker, int Loop)
{
    /// <summary>Time it worked, in seconds.</summary>
    public double BusySeconds { get; private init; }

    /// <summary>Time that was looked at, in seconds.</summary>
    public double Seconds { get; private init; }

    /// <summary>Intervals in which it was the limit, weighed by their length in seconds.</summary>
    public double BoundSeconds { get; private init; }

    /// <summary>Largest 99th percentile of its lag in one interval, in milliseconds.</summary>
    public double PeakLagMs { get; private init; }

    /// <summary>Share of the time it worked, 0 to 1.</summary>
    public double Busy => Seconds <= 0 ? 0 : Math.Clamp(BusySeconds / Seconds, 0, 1);

    /// <summary>With one interval more.</summary>
    public LoopFigures Plus(LoopHealth health, bool bound)
    {
        double seconds = health.DurationNs / 1e9;
        return this with
        {
            BusySeconds = BusySeconds + health.BusyNs / 1e9,
            Seconds = Seconds + seconds,
            BoundSeconds = BoundSeconds + (bound ? seconds : 0),
            PeakLagMs = health.DurationNs < GeneratorRule.ShortestNs ? PeakLagMs : Math.Max(PeakLagMs, health.LagP99Ns / 1e6),
        };
    }
}
