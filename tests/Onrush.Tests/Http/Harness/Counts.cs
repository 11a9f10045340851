using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Tests.Http.Harness;

/// <summary>What the recorder of one loop has counted, copied out of it.</summary>
internal sealed record Counts(IReadOnlyList<SeriesCount> Series, IReadOnlyList<FailureCount> Failures, int InFlight)
{
    /// <summary>Requests begun.</summary>
    public long Started => Series.Sum(s => s.Started);

    /// <summary>Requests that ended in this way.</summary>
    public long this[Outcome outcome] => Series.Sum(s => s.Outcomes[(int)outcome]);

    /// <summary>The only series.</summary>
    public SeriesCount Single => Series.ShouldHaveSingleItem();

    /// <summary>Ends the recorder's interval; on the loop.</summary>
    public static Counts Take(EngineLoop loop)
    {
        var inFlight = loop.InFlight.Count;
        var interval = loop.Recorder.Swap(MonotonicClock.Now, inFlight, inFlight == 0 ? -1 : loop.InFlight.OldestStartNs)!;
        var series = interval.Series.Select(s => new SeriesCount(
            s.Key.Method, s.Key.Name, s.Started, [.. s.Outcomes], s.BytesSent, s.BytesReceived, s.ContentLength, s.Statuses.ToArray(), [.. s.Times.ToArray().Select(t => t.Count)])).ToArray();
        var failures = interval.Errors.Groups.Select(g => new FailureCount(interval.Key(g.Key.Series).Name, g.Key.Outcome, g.Key.Message, g.Value.Count)).ToArray();
        loop.Recorder.Return(interval);
        return new Counts(series, failures, inFlight);
    }

    /// <summary>Fails unless every request that was begun has ended in exactly one way.</summary>
    public void ShouldBeConserved()
    {
        InFlight.ShouldBe(0);
        foreach (var one in Series)
            one.Outcomes.Sum().ShouldBe(one.Started, $"{one.Method} {one.Name}");
    }
}

/// <summary>One series.</summary>
internal sealed record SeriesCount(
    string Method, string Name, long Started, long[] Outcomes, long BytesSent, long BytesReceived, long ContentLength, (int Status, long Count)[] Statuses, long[] Times);

/// <summary>Failures with the same text.</summary>
internal sealed record FailureCount(string Name, Outcome Outcome, string Message, long Count);
