using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Tests.Pipeline;

/// <summary>Plays a run second by second.</summary>
internal sealed class Steps
{
    private readonly RunState _state = new();
    private readonly Dictionary<string, FakeWorker> _workers = [];
    private int _second;

    public Steps(params IEnumerable<string> workers)
    {
        _state.Apply(new RunChange(FakeWorker.StartUnixMs, RunPhase.Running, 10, 5));
        foreach (var name in workers.DefaultIfEmpty("w1"))
            _workers[name] = new FakeWorker(name);
    }

    public FakeWorker this[string name] => _workers[name];

    /// <summary>The next second, in which each worker has so many requests more.</summary>
    public RunStep Next(int requests, Action<FakeWorker>? more = null)
    {
        List<IntervalReport> reports = [];
        foreach (var worker in _workers.Values)
        {
            worker.Requests(requests);
            more?.Invoke(worker);
            reports.Add(worker.Report());
        }

        reports.ForEach(report => _state.Apply(report));
        return new RunStep(reports, _state.Snapshot(FakeWorker.StartUnixMs + ++_second * 1000L));
    }

    /// <summary>A picture with nothing new, so many seconds after the start.</summary>
    public RunStep Quiet(double second) => new([], _state.Snapshot(FakeWorker.StartUnixMs + (long)(second * 1000)));

    /// <summary>The last picture.</summary>
    public RunStep Stopped()
    {
        _state.Apply(new RunChange(FakeWorker.StartUnixMs + _second * 1000L + 200, RunPhase.Stopped, 0, 5));
        return Quiet(_second + 0.2);
    }
}
