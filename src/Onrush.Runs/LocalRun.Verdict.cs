using Onrush.Engine;

namespace Onrush.Runs;

// The rules of the run: looked at every second by the control thread, and for good when everything is folded.
internal sealed partial class LocalRun
{
    private readonly RunJudge _judge;

    /// <summary>What is left when the run is over; null before.</summary>
    public RunEnding? Ending { get; private set; }

    private void Judge() => _stopReason ??= _judge.Second(TimeSpan.FromTicks((MonotonicClock.Now - _startNs) / 100));

    private void JudgeTheEnd() => Ending = new RunEnding(_loadTest, _judge.End(_loadTest, _state.Snapshot(UnixMs)), _judge.Metrics);
}
