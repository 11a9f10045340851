using Onrush.Measurement;
using static Onrush.Measurement.MetricTags;

namespace Onrush.Runs;

/// <summary>The metrics that every run has: k6's under k6's names, and what only we measure under names of our own.</summary>
internal static class BuiltInMetrics
{
    /// <summary>Passed and failed checks.</summary>
    public const string Checks = "checks";

    /// <summary>How long groups took.</summary>
    public const string GroupDuration = "group_duration";

    private static readonly string[] OfRequest = [Scenario, Method, Name, Group];
    private static readonly string[] OfSplitRequest = [.. OfRequest, ExpectedResponse];

    private static readonly Dictionary<string, BuiltInMetric> ByName = new BuiltInMetric[]
    {
        new(Counter("http_reqs", MetricSection.Http, [.. OfSplitRequest, Status]), s => s.Http.Count()),
        new(Share("http_req_failed", MetricSection.Http, OfSplitRequest), s => s.Http.FailedShare()),
        new(Time("http_req_duration", OfSplitRequest), s => s.Http.Times(RequestTime.SuccessDuration, RequestTime.FailureDuration)),
        new(Time("http_req_blocked", OfRequest), s => s.Http.Times(RequestTime.Blocked)),
        new(Time("http_req_looking_up", OfRequest), s => s.Http.Times(RequestTime.Dns)),
        new(Time("http_req_connecting", OfRequest), s => s.Http.Times(RequestTime.Connect)),
        new(Time("http_req_tls_handshaking", OfRequest), s => s.Http.Times(RequestTime.Tls)),
        new(Time("http_req_sending", OfRequest), s => s.Http.Times(RequestTime.Send)),
        new(Time("http_req_waiting", OfRequest), s => s.Http.Times(RequestTime.Wait)),
        new(Time("http_req_receiving", OfRequest), s => s.Http.Times(RequestTime.Receive)),
        new(Time("http_req_from_due", OfRequest), s => s.Http.Times(RequestTime.FromDue)),
        new(Counter("requests", MetricSection.Http, [.. OfSplitRequest, Protocol]), s => s.Requests.Count()),
        new(Share("requests_failed", MetricSection.Http, [.. OfSplitRequest, Protocol]), s => s.Requests.FailedShare()),
        new(Time("response_time", [.. OfSplitRequest, Protocol]), s => s.Requests.Times(RequestTime.Success, RequestTime.Failure)),
        new(Counter("data_sent", MetricSection.Network, OfRequest, MetricUnit.Bytes), s => s.Requests.BytesSent()),
        new(Counter("data_received", MetricSection.Network, OfRequest, MetricUnit.Bytes), s => s.Requests.BytesReceived()),
        new(OfScenario("iterations", MetricKind.Counter), s => s.Iterations.Count(i => i.Count)),
        new(OfScenario("iteration_duration", MetricKind.Trend), s => s.Iterations.Times((i, t) => i.AddDuration(t))),
        new(OfScenario("iteration_from_due", MetricKind.Trend), s => s.Iterations.Times((i, t) => i.AddFromDue(t))),
        new(OfScenario("iteration_lateness", MetricKind.Trend), s => s.Iterations.Times((i, t) => i.AddLateness(t))),
        new(OfScenario("iterations_failed", MetricKind.Rate), s => s.Iterations.Share(i => i.Failed)),
        new(OfScenario("dropped_iterations", MetricKind.Counter), s => s.Iterations.Count(i => i.Dropped)),
        new(OfScenario("interrupted_iterations", MetricKind.Counter), s => s.Iterations.Count(i => i.Interrupted)),
        new(Users("vus"), s => s.State.Users()),
        new(Users("vus_max"), s => s.State.MostUsers()),
        new(new(Checks, MetricKind.Rate, MetricUnit.None, MetricSection.Checks, [Scenario, Group, Check], true), s => s.Reported(Checks)),
        new(Time(GroupDuration, [Scenario, Group]) with { Section = MetricSection.Execution }, s => s.Reported(GroupDuration)),
    }.ToDictionary(m => m.Definition.Name);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<MetricDefinition> Definitions { get; } = [.. ByName.Values.Select(m => m.Definition)];

    /// <summary>The metric of a name; null when it is none of them.</summary>
    public static BuiltInMetric? Find(string name) => ByName.GetValueOrDefault(name);

    private static MetricDefinition Counter(string name, MetricSection section, string[] tags, MetricUnit unit = MetricUnit.None) =>
        new(name, MetricKind.Counter, unit, section, tags, OwnTags: true);

    private static MetricDefinition Share(string name, MetricSection section, string[] tags) =>
        new(name, MetricKind.Rate, MetricUnit.None, section, tags, OwnTags: true);

    private static MetricDefinition Time(string name, string[] tags) =>
        new(name, MetricKind.Trend, MetricUnit.Milliseconds, MetricSection.Http, tags, OwnTags: true);

    private static MetricDefinition OfScenario(string name, MetricKind kind) =>
        new(name, kind, kind == MetricKind.Trend ? MetricUnit.Milliseconds : MetricUnit.None, MetricSection.Execution, [Scenario], OwnTags: false);

    private static MetricDefinition Users(string name) =>
        new(name, MetricKind.Gauge, MetricUnit.None, MetricSection.Execution, [], OwnTags: false);
}

/// <summary>A metric that every run has.</summary>
/// <param name="Definition">What is known of it.</param>
/// <param name="Read">Derives it from the records.</param>
internal sealed record BuiltInMetric(MetricDefinition Definition, Func<MetricScope, MetricSink> Read);
