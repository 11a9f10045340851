namespace Onrush.Measurement;

/// <summary>How one engine loop kept up in one interval. Immutable; merging is addition.</summary>
/// <param name="Loop">Number of the loop in its process.</param>
/// <param name="DurationNs">Length of the interval in nanoseconds.</param>
/// <param name="BusyNs">Time the loop worked, in nanoseconds.</param>
/// <param name="Lag">How long each turn kept everything else waiting.</param>
/// <param name="Canary">How late a regular timer fired.</param>
/// <param name="Added">Time between the arrival of a response in the kernel and its reading; empty where it is not known.</param>
internal sealed record LoopHealth(int Loop, long DurationNs, long BusyNs, HistogramData Lag, HistogramData Canary, HistogramData Added)
{
    /// <summary>Share of the interval in which the loop worked, 0 to 1.</summary>
    public double Busy => DurationNs <= 0 ? 0 : Math.Clamp((double)BusyNs / DurationNs, 0, 1);

    /// <summary>
    /// How long a turn may be that an event meets which comes at a random instant, with 99 % probability, in nanoseconds. A long turn counts by the time it
    /// takes, so that a single slow one in a quiet second (a method compiled, a process scheduled away) does not speak for the whole second.
    /// </summary>
    public long LagP99Ns
    {
        get
        {
            var allowed = DurationNs / 100;
            for (int i = Lag.Buckets.Length - 1; i >= 0; i--)
            {
                var turn = Math.Clamp(HistogramLayout.Midpoint(Lag.Buckets[i]), Lag.Min, Lag.Max);
                allowed -= Lag.Counts[i] * turn;
                if (allowed < 0)
                    return turn;
            }

            return 0;
        }
    }

    /// <summary>The health of a loop in one half of its buffer.</summary>
    public static LoopHealth From(LoopInterval interval) =>
        new(
            interval.Loop,
            interval.DurationNs,
            interval.BusyNs,
            HistogramData.From(interval.Lag),
            HistogramData.From(interval.Canary),
            HistogramData.From(interval.GeneratorAdded));

    /// <summary>Both together.</summary>
    /// <exception cref="ArgumentException">They are of different loops.</exception>
    public static LoopHealth Merge(LoopHealth a, LoopHealth b) =>
        a.Loop != b.Loop
            ? throw new ArgumentException("Only intervals of the same loop add up.", nameof(b))
            : new(
                a.Loop,
                a.DurationNs + b.DurationNs,
                a.BusyNs + b.BusyNs,
                HistogramData.Merge(a.Lag, b.Lag),
                HistogramData.Merge(a.Canary, b.Canary),
                HistogramData.Merge(a.Added, b.Added));
}
