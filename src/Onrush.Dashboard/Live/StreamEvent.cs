using System.Text;
using System.Text.Json;
using Onrush.Runs;
using Onrush.Runs.Results;

namespace Onrush.Dashboard;

/// <summary>What the stream brings each second: the run's document without its course, and the points that are new.</summary>
internal sealed record StreamEvent(
    SessionStatus Session,
    RunDocument Run,
    SecondColumns Seconds,
    HeatColumns Heat,
    IReadOnlyList<RunMark> Marks,
    IReadOnlyList<TargetColumns> Targets,
    IReadOnlyList<TraceRow> Traces,
    PlanDocument Plan,
    IReadOnlyList<ScenarioState> Scenarios,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<ThresholdDocument> Thresholds,
    IReadOnlyList<WorkerDocument> Workers,
    EndpointsDocument Endpoints,
    long Logs,
    bool Full)
{
    // Reports that come late change the last points; these are sent again.
    private const int Overlap = 2;

    /// <summary>What is new for a reader.</summary>
    /// <param name="session">The session.</param>
    /// <param name="run">Its run.</param>
    /// <param name="from">How far the reader has come; null sends everything.</param>
    /// <param name="findings">What was understood from the run so far.</param>
    public static StreamEvent Of(ITestSession session, RunView run, StreamPosition? from, IReadOnlyList<Finding> findings)
    {
        var all = run.Snapshot.Seconds;
        bool full = from is not { } known || known.RunId != run.Id;
        int after = full ? int.MinValue : from!.Value.Second - Overlap;
        int first = all.Count;
        while (first > 0 && all[first - 1].StartSecond > after)
            first--;
        IReadOnlyList<RunSecond> fresh = [.. all.Skip(first)];
        return new StreamEvent(
            SessionStatus.Of(session), run.Document(), SecondColumns.Of(fresh, run.IsScheduled), HeatColumns.Of(fresh), run.Course.Marks,
            TargetColumns.Of(run.Snapshot, after), TraceRow.Of(run.Snapshot), PlanDocument.Of(run), ScenarioState.Of(run.Snapshot), findings, ThresholdDocument.Of(run.Snapshot), run.Workers, EndpointsDocument.Of(run, all.Count > 0 ? all[^1].StartSecond : -1),
            session.Log.Last, full);
    }

    /// <summary>An event as it goes over the wire.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="id">Id of the event; null for one that cannot be gone on after.</param>
    /// <param name="data">What it brings.</param>
    /// <param name="expected">How many bytes it probably has: a large event is not copied as it grows.</param>
    public static ReadOnlyMemory<byte> Encode(string name, StreamPosition? id, object data, int expected = 512)
    {
        var bytes = new MemoryStream(expected);
        bytes.Write(Encoding.UTF8.GetBytes($"event: {name}\n{(id is { } position ? $"id: {position}\n" : "")}data: "));
        JsonSerializer.Serialize(bytes, data, data.GetType(), Answers.StreamJson);
        bytes.Write("\n\n"u8);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}

/// <summary>What each endpoint gave in one second.</summary>
internal sealed record EndpointsDocument(int Second, IReadOnlyList<EndpointDocument> Rows)
{
    public static EndpointsDocument Of(RunView run, int second) => new(
        second,
        [
            .. run.Course.At(second).Select(e => new EndpointDocument(
                e.Key.Scenario, e.Key.Method, e.Key.Name, e.Point.Requests, e.Point.Failures,
                Numbers.Short(e.Point.P50Ms), Numbers.Short(e.Point.P95Ms), Numbers.Short(e.Point.P99Ms))),
        ]);
}

/// <summary>What one endpoint gave in one second.</summary>
internal sealed record EndpointDocument(string Scenario, string Method, string Name, int Requests, int Failures, double P50Ms, double P95Ms, double P99Ms);
