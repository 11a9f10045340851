using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Cluster;

// What it says.
internal sealed partial class WorkerRun
{
    private readonly ProcessMeter _meter = new();
    private ScenarioStatus[] _said = [];
    private string? _problem;
    private string? _stopAsked;
    private double _cores;
    private bool _tellAgain;

    /// <summary>Says again how it stands: who has just come may not know. Any thread.</summary>
    public void Tell()
    {
        Volatile.Write(ref _tellAgain, true);
        if (_over.Task.IsCompleted)
            Say(null);
        else
            _wake.Set();
    }

    private void OnStopAsked(string reason)
    {
        if (Interlocked.CompareExchange(ref _stopAsked, reason, null) is null)
            Tell();
    }

    /// <summary>Says what the coordinator waits for: that a scenario is over, or that somebody asked.</summary>
    private void SayChanges()
    {
        var scenarios = _load?.Scenarios ?? [];
        if (Volatile.Read(ref _tellAgain) || !scenarios.Select(s => (s.Name, s.Revision, s.IsOver)).SequenceEqual(_said.Select(s => (s.Name, s.Revision, s.IsOver))))
            Say(null);
    }

    private void Say(IntervalReport? report)
    {
        Volatile.Write(ref _tellAgain, false);
        if (report is not null)
        {
            _cores = _meter.Cores();
            report = report with { StartUnixMs = report.StartUnixMs + _offsetNs() / MonotonicClock.Millisecond };
        }

        _said = _load?.Scenarios ?? [];
        _outbox.Add(new StatusRecord(_worker, Run, new WorkerStatus
        {
            State = _state,
            Revision = _followed.Revision,
            ReportsAnswered = _followed.ReportsAsked,
            Alive = _load?.Alive ?? 0,
            Abandoned = _load?.Abandoned ?? 0,
            Scenarios = _said,
            Problem = _problem,
            StopAsked = Volatile.Read(ref _stopAsked),
            Leaves = Volatile.Read(ref _leaves),
            Health = new WorkerHealth
            {
                Cores = _cores,
                CoresAvailable = Environment.ProcessorCount,
                MemoryBytes = Environment.WorkingSet,
                ClockOffsetNs = _offsetNs(),
                ReportsWaiting = _outbox.Waiting,
            },
        }, report));
    }
}
