using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Results;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Dashboard;

/// <summary>One run as it is shown: of this session or from the store.</summary>
/// <param name="Id">Its name; null when nothing was run.</param>
/// <param name="Snapshot">What it has given.</param>
/// <param name="Course">The course of its endpoints.</param>
/// <param name="LoadTest">Name of the load test.</param>
/// <param name="Options">What it was started with.</param>
/// <param name="Ratio">Shares of the tasks.</param>
/// <param name="Version">Version of the program.</param>
internal sealed record RunView(string? Id, RunSnapshot Snapshot, RunCourse Course, string LoadTest, RunOptions Options, TaskRatio Ratio, string Version)
{
    private static readonly RunCourse NoCourse = new();

    /// <summary>Workers that are there now besides what the run says of its own.</summary>
    public IReadOnlyList<WorkerFigures> Present { get; init; } = [];

    /// <summary>The run that goes on or whose results are shown; an empty one when there is none.</summary>
    public static RunView Current(ITestSession session) => (session.Current is { } run ? Of(session, run) : Nothing(session)) with { Present = session.Present };

    private static RunView Nothing(ITestSession session) => new(null, RunSnapshot.Empty, NoCourse, session.Title.LoadTest, session.Form.Defaults, session.Ratio(null), session.Title.Version);

    /// <summary>A run of the session.</summary>
    public static RunView Of(ITestSession session, SessionRun run) =>
        new(run.Id, run.Snapshot, run.Course, session.Title.LoadTest, run.Options, session.Ratio(run), session.Title.Version)
        {
            Plans = run.Options.ReplacesScenarios ? [] : session.Form.Scenarios,
        };

    /// <summary>A run that was kept. Its journal does not tell the shares of tasks.</summary>
    public static RunView OfKept(string id, FoldedRun run, RunSnapshot last, string version) =>
        new(id, last, run.State.Course, run.Plan?.LoadTest ?? "", PlanOf(run.Plan), new TaskRatio([], []), version);

    /// <summary>The scenarios as they were planned; none where that is not known.</summary>
    public IReadOnlyList<ScenarioPlan> Plans { get; init; } = [];

    /// <summary>The run's document. The course goes in columns of its own, and so do the findings, the workers and what the target says of itself.</summary>
    public RunDocument Document() => RunDocumentBuilder.Build(Snapshot with { Seconds = [], Targets = [], Workers = [] }, About, findings: []);

    /// <summary>The workers of the run, and those who are there without a share in it: they wait for the next.</summary>
    public IReadOnlyList<WorkerDocument> Workers
    {
        get
        {
            var workers = new SortedDictionary<string, WorkerDocument>(StringComparer.Ordinal);
            foreach (var worker in Snapshot.Workers)
                workers[worker.Worker] = WorkerDocument.Of(worker, Snapshot.Phase);
            foreach (var worker in Present)
            {
                if (!workers.TryGetValue(worker.Worker, out var known))
                    workers[worker.Worker] = WorkerDocument.Of(worker, RunPhase.Ready);
                else if (Snapshot.Phase == RunPhase.Stopped)
                    workers[worker.Worker] = known with { State = WorkerCondition.Ready, Users = 0 };
            }

            return [.. workers.Values];
        }
    }

    /// <summary>What was run.</summary>
    public AboutDocument About => new() { Producer = $"onrush {Version}", LoadTest = LoadTest, Host = Options.Host, RunId = Id };

    /// <summary>Whether it has scheduled iterations.</summary>
    public bool IsScheduled => Snapshot.AllIterations.Lateness is not null || Snapshot.Seconds.Any(s => s.ArrivalsDropped > 0);

    private static RunOptions PlanOf(RunPlan? plan) => new()
    {
        Host = plan?.Host,
        Users = plan?.Users ?? 0,
        SpawnRate = plan?.SpawnRate ?? 0,
        RunTime = plan?.RunTime,
    };
}
