namespace Onrush.Runs.Analysis;

/// <summary>A run as the findings look at it: its points while it was under load, and the stretch in which the load stood still.</summary>
internal sealed class AnalysedRun
{
    /// <summary>How far the number of users may be below its largest and still count as the same load.</summary>
    private const double SameLoad = 0.05;

    // What a target does at once after a change of load is not how it does under that load.
    private const int SettleSeconds = 2;

    public AnalysedRun(RunSnapshot run)
    {
        Run = run;
        Points = Active(run);
        Plateau = Longest(Points);
        Steady = [.. Plateau.SkipWhile(p => p.StartSecond < Plateau[0].StartSecond + SettleSeconds)];
    }

    /// <summary>The picture.</summary>
    public RunSnapshot Run { get; }

    /// <summary>The points from the first report to the moment at which the end was asked for.</summary>
    public IReadOnlyList<RunSecond> Points { get; }

    /// <summary>The longest stretch with the most users.</summary>
    public IReadOnlyList<RunSecond> Plateau { get; }

    /// <summary>The same without its first seconds.</summary>
    public IReadOnlyList<RunSecond> Steady { get; }

    /// <summary>The points of one second that follow each other without a gap, up to the last one.</summary>
    public IReadOnlyList<RunSecond> Fine
    {
        get
        {
            int first = Points.Count;
            while (first > 0 && Points[first - 1].LengthSeconds == 1 && (first == Points.Count || Points[first].StartSecond == Points[first - 1].StartSecond + 1))
                first--;
            return [.. Points.Skip(first)];
        }
    }

    /// <summary>Most users.</summary>
    public int MostUsers => Points.Count == 0 ? 0 : Points.Max(p => p.Users);

    /// <summary>Whether nothing changes any more.</summary>
    public bool IsOver => Run.Phase == RunPhase.Stopped;

    /// <summary>Whether iterations were started by a schedule rather than by users that are done with the one before.</summary>
    public bool IsOpen => Points.Sum(p => p.ArrivalsStarted + p.ArrivalsDropped) > Points.Sum(p => p.Iterations) / 2;

    /// <summary>Length of the part under load, in seconds.</summary>
    public double Seconds => Points.Sum(p => p.LengthSeconds);

    /// <summary>Where a point ends, in seconds from the start.</summary>
    public static double End(RunSecond point) => point.StartSecond + point.LengthSeconds;

    /// <summary>Requests that were under way on average, told by those that finished: their rate times their response time.</summary>
    public static double Concurrency(RunSecond point) => point.Times.AverageMs / 1000 * point.Times.Count / point.LengthSeconds;

    private static RunSecond[] Active(RunSnapshot run)
    {
        double end = run.StoppingSecond ?? (run.Phase == RunPhase.Stopped ? run.RunTime.TotalSeconds : double.MaxValue);
        return [.. run.Seconds.Where(p => End(p) <= end + 0.25).SkipWhile(p => p is { Users: 0, Requests: 0, InFlight: 0 })];
    }

    private static List<RunSecond> Longest(IReadOnlyList<RunSecond> points)
    {
        List<RunSecond> best = [], now = [];
        double least = points.Count == 0 ? 0 : points.Max(p => p.Users) * (1 - SameLoad);
        foreach (var point in points)
        {
            if (point.Users >= least && point.Users > 0)
                now.Add(point);
            else
                now = [];
            if (now.Count > best.Count)
                best = now;
        }

        return [.. best];
    }
}
