using Onrush.Measurement;

namespace Onrush.Runs.Capacity;

/// <summary>What was measured while the load stood at one level.</summary>
internal sealed record StepFigures
{
    /// <summary>Response times of all requests.</summary>
    public required HistogramData Times { get; init; }

    /// <summary>Requests finished.</summary>
    public required long Requests { get; init; }

    /// <summary>Those that failed.</summary>
    public required long Failures { get; init; }

    /// <summary>Iterations per second that were due; 0 where there is no schedule.</summary>
    public required double Due { get; init; }

    /// <summary>Iterations finished per second.</summary>
    public required double Done { get; init; }

    /// <summary>Length in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of it in which the generator was the limit.</summary>
    public required double BoundSeconds { get; init; }

    /// <summary>Failed share, 0 to 1. Where nothing finished although it was asked for, all of it failed.</summary>
    public double FailedShare => Requests == 0 ? 1 : (double)Failures / Requests;

    /// <summary>Requests per second.</summary>
    public double Rate => Seconds <= 0 ? 0 : Requests / Seconds;

    /// <summary>The figures of some seconds of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="from">First second from the start of the run.</param>
    /// <param name="to">The second after the last one.</param>
    public static StepFigures Of(RunSnapshot run, int from, int to)
    {
        RunSecond[] points = [.. run.Seconds.Where(p => p.StartSecond >= from && p.StartSecond < to)];
        var times = new HistogramTotal();
        foreach (var point in points)
            times.Add(point.Distribution);
        double seconds = Math.Max(1, to - from);
        return new StepFigures
        {
            Times = times.ToData(),
            Requests = points.Sum(p => p.Requests),
            Failures = points.Sum(p => p.Failures),
            Due = points.Sum(p => p.ArrivalsStarted + p.ArrivalsDropped) / seconds,
            Done = points.Sum(p => p.Iterations) / seconds,
            Seconds = seconds,
            BoundSeconds = points.Where(p => p.GeneratorBound).Sum(p => p.LengthSeconds),
        };
    }
}
