using Onrush.Runs.Journal;

namespace Onrush.Runs;

/// <summary>The workers of a run: what they are, how they stood last, what they measured.</summary>
internal sealed class WorkerBoard
{
    private const int MostWorkers = 10_000;

    private static readonly WorkerFigures Nothing = new("", 0, 0, 0, ResponseTimes.None);

    private readonly Dictionary<string, RosterChange> _known = [];
    private readonly Dictionary<string, WorkerStanding> _standings = [];

    /// <summary>A worker came or went.</summary>
    public void Apply(RosterChange change)
    {
        if (change.Joined && (_known.Count < MostWorkers || _known.ContainsKey(change.Worker)))
            _known[change.Worker] = change;
    }

    /// <summary>How workers stand now; what is said of one holds until something else is. Gives those of whom there is something new.</summary>
    public IReadOnlyList<WorkerStanding> Apply(IReadOnlyList<WorkerStanding> standings)
    {
        var news = standings.Where(standing => _standings.TryGetValue(standing.Worker, out var before) ? before != standing : _standings.Count < MostWorkers).ToArray();
        foreach (var standing in news)
        {
            if (_standings.Count < MostWorkers || _standings.ContainsKey(standing.Worker))
                _standings[standing.Worker] = standing;
        }

        return news;
    }

    /// <summary>Whether a worker was lost and has not come back.</summary>
    public bool IsLost(string worker) => _standings.GetValueOrDefault(worker) is { Condition: WorkerCondition.Lost };

    /// <summary>The workers as they are shown, by name.</summary>
    /// <param name="lives">What they reported.</param>
    public IReadOnlyList<WorkerFigures> ToFigures(IEnumerable<WorkerLife> lives)
    {
        var measured = lives.GroupBy(life => life.Worker).ToDictionary(worker => worker.Key, Measured);
        return [.. measured.Keys.Union(_standings.Keys).Order(StringComparer.Ordinal).Select(name => Figures(name, measured.GetValueOrDefault(name) ?? Nothing))];
    }

    private WorkerFigures Figures(string name, WorkerFigures measured)
    {
        var standing = _standings.GetValueOrDefault(name);
        var known = _known.GetValueOrDefault(name);
        return measured with
        {
            Worker = name,
            Users = standing?.Users ?? measured.Users,
            Standing = standing,
            Machine = known?.Machine,
            Version = known?.Version is { Length: > 0 } version ? version : null,
            Loops = known?.Loops ?? 0,
            SharePercent = known?.SharePercent,
        };
    }

    private static WorkerFigures Measured(IGrouping<string, WorkerLife> worker)
    {
        var last = worker.MaxBy(life => life.Incarnation)!;
        return new WorkerFigures(worker.Key, last.Gauges.Users, worker.Sum(life => life.Requests), worker.Sum(life => life.Failures), last.Times.Shown)
        {
            LagP99Ms = last.LagP99Ms,
            BusyPercent = last.BusyPercent,
        };
    }
}
