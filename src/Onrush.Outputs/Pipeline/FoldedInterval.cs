using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Pipeline;

/// <summary>What a run gave in one interval of an output. Immutable. Warm-up scenarios are not in it, as in the results.</summary>
internal sealed record FoldedInterval
{
    private readonly Lazy<IntervalTotals> _totals;

    /// <param name="workers">What each worker gave.</param>
    public FoldedInterval(IReadOnlyList<WorkerPart> workers)
    {
        Workers = workers;
        _totals = new(() => workers.Aggregate(IntervalTotals.Empty, (sum, worker) => IntervalTotals.Merge(sum, worker.Totals)));
    }

    /// <summary>Beginning, in milliseconds of Unix time. No two intervals of a run have the same.</summary>
    public required long StartUnixMs { get; init; }

    /// <summary>Length in milliseconds.</summary>
    public required long LengthMs { get; init; }

    /// <summary>What each worker gave, by name; one that gave nothing is not in it.</summary>
    public IReadOnlyList<WorkerPart> Workers { get; }

    /// <summary>The whole run as it stood at the end.</summary>
    public required RunSnapshot Picture { get; init; }

    /// <summary>Most users at a time so far.</summary>
    public required int MostUsers { get; init; }

    /// <summary>All workers together, but for the health of their loops, which have the same numbers: that is in <see cref="Workers"/>.</summary>
    public IntervalTotals Totals => _totals.Value;

    /// <summary>End, in milliseconds of Unix time.</summary>
    public long EndUnixMs => StartUnixMs + LengthMs;

    /// <summary>Length in seconds.</summary>
    public double Seconds => LengthMs / 1000.0;
}

/// <summary>What one worker gave in an interval.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Totals">What it counted.</param>
/// <param name="Gauges">How it stood at the end.</param>
internal sealed record WorkerPart(string Worker, IntervalTotals Totals, IntervalGauges Gauges);
