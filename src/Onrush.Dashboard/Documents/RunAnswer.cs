using System.Text.Json.Serialization;
using Onrush.Runs;
using Onrush.Runs.Results;
using Onrush.Users;

namespace Onrush.Dashboard;

/// <summary>All that is shown of a run.</summary>
internal sealed record RunAnswer
{
    public required string? RunId { get; init; }

    public required RunDocument Run { get; init; }

    public required SecondColumns Seconds { get; init; }

    public required HeatColumns Heat { get; init; }

    public required IReadOnlyList<RunMark> Marks { get; init; }

    /// <summary>Measurements of the target and their course.</summary>
    public required IReadOnlyList<TargetColumns> Targets { get; init; }

    /// <summary>The slowest requests whose traces the target has.</summary>
    public required IReadOnlyList<TraceRow> Traces { get; init; }

    public required PlanDocument Plan { get; init; }

    public required IReadOnlyList<ScenarioState> Scenarios { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<ThresholdDocument> Thresholds { get; init; }

    public required IReadOnlyList<WorkerDocument> Workers { get; init; }

    public required RatioDocument Ratio { get; init; }

    /// <summary>Requests of each endpoint in each of the last sixty points by its name, for the small charts beside the rows.</summary>
    public required IReadOnlyDictionary<string, int[]> Recent { get; init; }

    /// <summary>The course of each endpoint by its name; only where everything was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, SeriesColumns>? Series { get; init; }

    /// <summary>The session; only in a report, where it cannot be asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SessionStatus? Session { get; init; }

    /// <summary>The most endpoints whose course goes into a report: those with the most requests.</summary>
    private const int MostSeries = 200;

    private const int RecentPoints = 60;

    /// <summary>Everything about a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="full">Whether the course of each endpoint is wanted, too.</param>
    public static RunAnswer Of(RunView run, bool full) => new()
    {
        RunId = run.Id,
        Run = run.Document(),
        Seconds = SecondColumns.Of(run.Snapshot.Seconds, run.IsScheduled),
        Heat = HeatColumns.Of(run.Snapshot.Seconds),
        Marks = run.Course.Marks,
        Targets = TargetColumns.Of(run.Snapshot),
        Traces = TraceRow.Of(run.Snapshot),
        Plan = PlanDocument.Of(run),
        Scenarios = ScenarioState.Of(run.Snapshot),
        Findings = RunAnalysis.Findings(run.Snapshot),
        Thresholds = ThresholdDocument.Of(run.Snapshot),
        Workers = run.Workers,
        Ratio = RatioDocument.Of(run.Ratio),
        Recent = RecentOf(run),
        Series = full ? AllSeries(run) : null,
    };

    private static Dictionary<string, int[]> RecentOf(RunView run)
    {
        var seconds = run.Snapshot.Seconds;
        int[] starts = [.. seconds.Skip(seconds.Count - RecentPoints).Select(s => s.StartSecond)];
        var recent = new Dictionary<string, int[]>();
        if (starts.Length == 0)
            return recent;
        foreach (var key in run.Course.Endpoints)
        {
            var points = run.Course.Points(key, from: starts[0])!.ToDictionary(p => p.Start, p => p.Requests);
            recent[SeriesColumns.NameOf(key)] = [.. starts.Select(start => points.GetValueOrDefault(start))];
        }

        return recent;
    }

    private static Dictionary<string, SeriesColumns> AllSeries(RunView run)
    {
        var all = new Dictionary<string, SeriesColumns>();
        foreach (var row in run.Snapshot.Series.OrderByDescending(r => r.Requests).Take(MostSeries))
        {
            var key = new EndpointKey(row.Scenario, row.Method, row.Name);
            if (SeriesColumns.Of(run, key) is { } columns)
                all[SeriesColumns.NameOf(key)] = columns;
        }

        return all;
    }
}

/// <summary>A rule over a metric and how it stands.</summary>
internal sealed record ThresholdDocument(string Metric, string Expression, bool? Passed, double? Value, string Text, bool AbortOnFail)
{
    public static IReadOnlyList<ThresholdDocument> Of(RunSnapshot run) =>
        [.. run.Rules.Select(rule => new ThresholdDocument(rule.Subject, rule.Expression, rule.Passed, rule.Value, rule.Found, rule.AbortOnFail))];
}

/// <summary>Shares of the tasks, per class and over everything.</summary>
internal sealed record RatioDocument(IReadOnlyDictionary<string, RatioNode> PerClass, IReadOnlyDictionary<string, RatioNode> Total)
{
    public static RatioDocument Of(TaskRatio ratio) => new(Nodes(ratio.PerClass), Nodes(ratio.Total));

    private static Dictionary<string, RatioNode> Nodes(IReadOnlyList<TaskShare> shares)
    {
        var nodes = new Dictionary<string, RatioNode>();
        foreach (var share in shares)
            nodes[share.Name] = new RatioNode(share.Ratio, share.Tasks is { } tasks ? Nodes(tasks) : null);
        return nodes;
    }
}

/// <summary>The share of one task or class, and of what is inside.</summary>
internal sealed record RatioNode(double Ratio, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, RatioNode>? Tasks);
