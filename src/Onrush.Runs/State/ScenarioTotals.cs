using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What one scenario came to since its start, warm-ups included: its progress is shown although its figures are not.</summary>
internal sealed class ScenarioTotals
{
    /// <summary>Seconds whose counts are kept for the rates of now.</summary>
    private const int Kept = 10;

    private readonly SortedDictionary<int, (long Offered, long Done)> _seconds = [];
    private long _done;
    private long _offered;
    private long _dropped;
    private long _interrupted;

    /// <summary>Adds what a report says.</summary>
    public void Add(IterationInterval interval, ReportSpan span)
    {
        _done += interval.Duration.Count;
        _offered += interval.Offered;
        _dropped += interval.Dropped;
        _interrupted += interval.Interrupted;
        for (var i = Math.Max(0, span.Count - Kept); i < span.Count; i++)
        {
            var (offered, done) = _seconds.GetValueOrDefault(span.First + i);
            _seconds[span.First + i] = (offered + span.Share(interval.Offered, i), done + span.Share(interval.Duration.Count, i));
            if (_seconds.Count > Kept)
                _seconds.Remove(_seconds.Keys.First());
        }
    }

    /// <summary>The row as it is shown.</summary>
    /// <param name="facts">What is decided about it.</param>
    /// <param name="gauges">How it stands on each worker.</param>
    /// <param name="second">The last complete second of the run.</param>
    /// <param name="nowUnixMs">The time now, in milliseconds of Unix time.</param>
    /// <param name="phase">Where the run stands.</param>
    public ScenarioRow ToRow(ScenarioFacts facts, IReadOnlyCollection<ScenarioGauge> gauges, int second, long nowUnixMs, RunPhase phase)
    {
        var elapsedMs = facts.StartUnixMs is { } start ? Math.Max(0, (facts.EndUnixMs ?? nowUnixMs) - start) : 0;
        var (offered, done) = _seconds.GetValueOrDefault(second);
        var stands = PhaseOf(facts, elapsedMs, nowUnixMs, phase);
        return new ScenarioRow
        {
            Name = facts.Name,
            Executor = facts.Executor,
            Phase = stands,
            Progress = Progress(facts, elapsedMs, stands),
            Users = gauges.Sum(gauge => gauge.Users),
            TargetUsers = facts.TargetUsers,
            Iterations = _done,
            IterationsTotal = facts.Iterations,
            Offered = _offered,
            Dropped = _dropped,
            Interrupted = _interrupted,
            Waiting = gauges.Sum(gauge => gauge.Waiting),
            OfferedPerSecond = offered,
            AchievedPerSecond = done,
            RunTime = TimeSpan.FromMilliseconds(elapsedMs),
            Length = facts.LengthMs is { } length ? TimeSpan.FromMilliseconds(length) : null,
            StartTime = facts.StartUnixMs is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            WarmUp = facts.WarmUp,
        };
    }

    private static ScenarioPhase PhaseOf(ScenarioFacts facts, long elapsedMs, long nowUnixMs, RunPhase phase)
    {
        if (facts.EndUnixMs is not null || phase == RunPhase.Stopped)
            return ScenarioPhase.Over;
        if (facts.StartUnixMs is not { } start || start > nowUnixMs)
            return ScenarioPhase.Waiting;
        return phase == RunPhase.Stopping || elapsedMs >= facts.LengthMs ? ScenarioPhase.Stopping : ScenarioPhase.Running;
    }

    private double? Progress(ScenarioFacts facts, long elapsedMs, ScenarioPhase phase)
    {
        // What was cut or dropped is done with as well.
        if (facts.Iterations is { } all and > 0)
            return Math.Min(1, (double)(_done + _dropped + _interrupted) / all);
        if (phase == ScenarioPhase.Over)
            return 1;
        return facts.LengthMs is { } length ? Math.Min(1, (double)elapsedMs / Math.Max(1, length)) : null;
    }
}
