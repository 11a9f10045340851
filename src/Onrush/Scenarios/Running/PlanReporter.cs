using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>Makes the interval reports of one worker out of what its loops hand over. Used by the control thread.</summary>
internal sealed class PlanReporter(PlanRunner runner, IReadOnlyList<ScenarioPlan> plan, IReadOnlyList<UserClass> classes, string worker, int incarnation)
{
    private readonly IntervalReportBuilder _reports = new(worker, incarnation);
    private readonly Dictionary<int, LoopReading> _last = [];

    /// <summary>Whether users are still on the way to the target, as the loops said last.</summary>
    public bool IsSpawning => _last.Values.Any(reading => reading.Spawning);

    /// <summary>The report of everything since the last one; null when no loop answered in time.</summary>
    public IntervalReport? Take(TimeSpan patience)
    {
        var readings = runner.Read(patience);
        foreach (var reading in readings)
            _last[reading.Loop.Index] = reading;
        LoopInterval[] intervals = [.. readings.Select(r => r.Interval).OfType<LoopInterval>()];
        if (intervals.Length == 0)
            return null;
        var report = _reports.Build(intervals, UsersByClass(), IsSpawning, Scenarios());
        foreach (var reading in readings)
        {
            if (reading.Interval is { } interval)
                reading.Loop.Recorder.Return(interval);
        }

        return report;
    }

    /// <summary>Leaves out everything measured so far.</summary>
    public void Discard(TimeSpan patience)
    {
        foreach (var reading in runner.Read(patience))
        {
            if (reading.Interval is { } interval)
                reading.Loop.Recorder.Return(interval);
        }
    }

    private Dictionary<string, int> UsersByClass()
    {
        var users = new Dictionary<string, int>();
        for (var i = 0; i < classes.Count; i++)
            users[classes[i].Name] = _last.Values.Sum(r => r.UsersByClass[i]);
        return users;
    }

    private Dictionary<string, ScenarioGauge> Scenarios()
    {
        var gauges = new Dictionary<string, ScenarioGauge>();
        for (var i = 0; i < plan.Count; i++)
            gauges[plan[i].Name] = new ScenarioGauge(_last.Values.Sum(r => r.Scenarios[i].Users), _last.Values.Sum(r => r.Scenarios[i].Waiting));
        return gauges;
    }
}
