using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// Where the requests of a stretch of time ended, and what connecting took: what the findings look at beside the figures that everybody sees. Immutable;
/// adding is associative and commutative.
/// </summary>
internal sealed record StageCounts
{
    /// <summary>A connect that took longer than this, in nanoseconds, had to be repeated: the system waits a second before it does.</summary>
    public const long SlowConnectNs = 900_000_000;

    // Most seconds have no failures, and there may be thousands of seconds.
    private static readonly long[] NoOutcomes = new long[OutcomeTable.Size];

    /// <summary>Nothing happened.</summary>
    public static readonly StageCounts None = new();

    private readonly long[] _outcomes = NoOutcomes;

    /// <summary>Requests that had to connect first, and whose connect was answered.</summary>
    public long Connects { get; private init; }

    /// <summary>Those of them whose connect took longer than <see cref="SlowConnectNs"/>.</summary>
    public long SlowConnects { get; private init; }

    /// <summary>Sum of the connects and handshakes in nanoseconds.</summary>
    public long ConnectNs { get; private init; }

    /// <summary>Sum of the response times of the requests that succeeded, in nanoseconds.</summary>
    public long SuccessNs { get; private init; }

    /// <summary>Sum of the lengths of the finished iterations in nanoseconds.</summary>
    public long IterationNs { get; private init; }

    /// <summary>Requests that ended so.</summary>
    public long this[Outcome outcome] => _outcomes[(int)outcome];

    /// <summary>What a report says.</summary>
    public static StageCounts Of(IntervalTotals totals)
    {
        var outcomes = new long[OutcomeTable.Size];
        long connects = 0, slow = 0, connectNs = 0, successNs = 0;
        foreach (var series in totals.Series.Values)
        {
            for (int i = 0; i < outcomes.Length; i++)
                outcomes[i] += series.Outcomes[i];
            var times = series.Time(RequestTime.Connect);
            successNs += (long)series.Time(RequestTime.Success).Sum;
            connectNs += (long)(times.Sum + series.Time(RequestTime.Tls).Sum);
            for (int i = times.Buckets.Length - 1; i >= 0 && times.Buckets[i] > 0; i--)
            {
                connects += times.Counts[i];
                slow += HistogramLayout.LowerBound(times.Buckets[i]) > SlowConnectNs ? times.Counts[i] : 0;
            }
        }

        return new StageCounts(Sparse(outcomes))
        {
            Connects = connects,
            SlowConnects = slow,
            ConnectNs = connectNs,
            SuccessNs = successNs,
            IterationNs = (long)totals.Iterations.Values.Aggregate(Int128.Zero, (sum, i) => sum + i.Duration.Sum),
        };
    }

    /// <summary>Both together.</summary>
    public static StageCounts operator +(StageCounts a, StageCounts b) => a == None ? b : b == None ? a : new(Sum(a._outcomes, b._outcomes))
    {
        Connects = a.Connects + b.Connects,
        SlowConnects = a.SlowConnects + b.SlowConnects,
        ConnectNs = a.ConnectNs + b.ConnectNs,
        SuccessNs = a.SuccessNs + b.SuccessNs,
        IterationNs = a.IterationNs + b.IterationNs,
    };

    /// <summary>The part that falls into one of the seconds of a report; the parts add up to the whole.</summary>
    public StageCounts Share(ReportSpan span, int index) => span.Count == 1 ? this : new(Sparse([.. _outcomes.Select(count => span.Share(count, index))]))
    {
        Connects = span.Share(Connects, index),
        SlowConnects = span.Share(SlowConnects, index),
        ConnectNs = span.Share(ConnectNs, index),
        SuccessNs = span.Share(SuccessNs, index),
        IterationNs = span.Share(IterationNs, index),
    };

    private StageCounts(long[] outcomes) => _outcomes = outcomes;

    private StageCounts()
    {
    }

    private static long[] Sum(long[] a, long[] b) =>
        a == NoOutcomes ? b : b == NoOutcomes ? a : [.. a.Zip(b, (x, y) => x + y)];

    private static long[] Sparse(long[] outcomes)
    {
        outcomes[(int)Outcome.Success] = outcomes[(int)Outcome.Cancelled] = 0;
        return Array.TrueForAll(outcomes, count => count == 0) ? NoOutcomes : outcomes;
    }
}
