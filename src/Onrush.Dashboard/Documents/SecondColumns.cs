using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>The course of a run as columns of equal length, one place per point, oldest first. Counts are sums over the point; a time is null where no request finished.</summary>
internal sealed record SecondColumns
{
    public required int[] StartSecond { get; init; }

    public required int[] LengthSeconds { get; init; }

    public required int[] Users { get; init; }

    public required long[] Requests { get; init; }

    public required long[] Failures { get; init; }

    public required long[] Cancelled { get; init; }

    public required long[] Iterations { get; init; }

    public required long[] InFlight { get; init; }

    public required double[] OldestMs { get; init; }

    public required double?[] AverageMs { get; init; }

    public required double?[] MinMs { get; init; }

    public required double?[] P50Ms { get; init; }

    public required double?[] P66Ms { get; init; }

    public required double?[] P75Ms { get; init; }

    public required double?[] P80Ms { get; init; }

    public required double?[] P90Ms { get; init; }

    public required double?[] P95Ms { get; init; }

    public required double?[] P98Ms { get; init; }

    public required double?[] P99Ms { get; init; }

    public required double?[] P999Ms { get; init; }

    public required double?[] P9999Ms { get; init; }

    public required double?[] MaxMs { get; init; }

    public required long[] BytesSent { get; init; }

    public required long[] BytesReceived { get; init; }

    public required double[] BusyPercent { get; init; }

    public required double[] LagP99Ms { get; init; }

    public required int[] GeneratorBound { get; init; }

    /// <summary>Scheduled iterations that were due; null when the run has no schedule.</summary>
    public required long[]? ArrivalsOffered { get; init; }

    public required long[]? ArrivalsStarted { get; init; }

    public required long[]? ArrivalsDropped { get; init; }

    /// <summary>The columns of some points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="scheduled">Whether the run has scheduled iterations.</param>
    public static SecondColumns Of(IReadOnlyList<RunSecond> points, bool scheduled) => new()
    {
        StartSecond = Column(points, p => p.StartSecond),
        LengthSeconds = Column(points, p => p.LengthSeconds),
        Users = Column(points, p => p.Users),
        Requests = Column(points, p => p.Requests),
        Failures = Column(points, p => p.Failures),
        Cancelled = Column(points, p => p.Cancelled),
        Iterations = Column(points, p => p.Iterations),
        InFlight = Column(points, p => p.InFlight),
        OldestMs = Column(points, p => Numbers.Short(p.OldestRequestMs)),
        AverageMs = Times(points, t => t.AverageMs),
        MinMs = Times(points, t => t.MinMs),
        P50Ms = Percentile(points, 0),
        P66Ms = Percentile(points, 1),
        P75Ms = Percentile(points, 2),
        P80Ms = Percentile(points, 3),
        P90Ms = Percentile(points, 4),
        P95Ms = Percentile(points, 5),
        P98Ms = Percentile(points, 6),
        P99Ms = Percentile(points, 7),
        P999Ms = Percentile(points, 8),
        P9999Ms = Percentile(points, 9),
        MaxMs = Times(points, t => t.MaxMs),
        BytesSent = Column(points, p => p.BytesSent),
        BytesReceived = Column(points, p => p.BytesReceived),
        BusyPercent = Column(points, p => Numbers.Short(p.BusyPercent)),
        LagP99Ms = Column(points, p => Numbers.Short(p.LagP99Ms)),
        GeneratorBound = Column(points, p => p.GeneratorBound ? 1 : 0),
        ArrivalsOffered = scheduled ? Column(points, p => p.ArrivalsStarted + p.ArrivalsDropped) : null,
        ArrivalsStarted = scheduled ? Column(points, p => p.ArrivalsStarted) : null,
        ArrivalsDropped = scheduled ? Column(points, p => p.ArrivalsDropped) : null,
    };

    private static T[] Column<T>(IReadOnlyList<RunSecond> points, Func<RunSecond, T> value)
    {
        var column = new T[points.Count];
        for (int i = 0; i < column.Length; i++)
            column[i] = value(points[i]);
        return column;
    }

    private static double?[] Times(IReadOnlyList<RunSecond> points, Func<ResponseTimes, double> value) =>
        Column(points, p => p.Times.Count == 0 ? (double?)null : Numbers.Short(value(p.Times)));

    private static double?[] Percentile(IReadOnlyList<RunSecond> points, int rank) => Times(points, t => t.Percentiles[rank]);
}
