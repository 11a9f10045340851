using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Cli.Terminal.Summaries.K6;

/// <summary>
/// Chooses what k6's summary shows of a run: k6's metrics that have a value, those of the load test, and the parts of them that thresholds are about.
/// What only we measure is not in it.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="metrics">Its metrics.</param>
/// <param name="full">All metrics and a section for each group and scenario, as in k6's full mode.</param>
internal sealed class K6ReportBuilder(RunSnapshot run, MetricView metrics, bool full)
{
    private static readonly string[] Http = ["http_req_duration", "http_req_failed", "http_reqs"];

    private static readonly string[] HttpFull =
    [
        "http_req_blocked", "http_req_connecting", "http_req_duration", "http_req_failed", "http_req_receiving", "http_req_sending",
        "http_req_tls_handshaking", "http_req_waiting", "http_reqs",
    ];

    private static readonly string[] Execution = ["dropped_iterations", "iteration_duration", "iterations", "vus", "vus_max"];
    private static readonly string[] ExecutionFull = ["dropped_iterations", BuiltInMetrics.GroupDuration, "iteration_duration", "iterations", "vus", "vus_max"];
    private static readonly string[] Network = ["data_received", "data_sent"];

    private readonly RuleRow[] _thresholds = [.. run.Rules.Where(rule => rule.Kind == RuleKind.Threshold)];

    /// <summary>The report.</summary>
    public K6Report Build() => new(
        [.. _thresholds.OrderBy(rule => rule.Subject, StringComparer.Ordinal).Select(Threshold)],
        [Section("TOTAL RESULTS", 0, null), .. full ? [.. Groups(), .. Scenarios()] : Enumerable.Empty<K6Section>()]);

    private K6Threshold Threshold(RuleRow row)
    {
        ThresholdRule rule = ThresholdParser.Rule(row.Expression);
        MetricDefinition metric = metrics.Find(ThresholdParser.Selector(row.Subject).Metric)!;
        string? value = row.Value is not { } number ? null : (metric.Kind, rule.Aggregation) switch
        {
            (MetricKind.Rate, _) => K6Numbers.Percent(number),
            (MetricKind.Counter, MetricAggregation.Rate) => K6Numbers.Value(number, metric.Unit, TimeUnit.Auto) + "/s",
            (MetricKind.Trend, MetricAggregation.Count) => K6Numbers.Plain(number),
            _ => K6Numbers.Value(number, metric.Unit, TimeUnit.Auto),
        };
        return new K6Threshold(row.Subject, row.Expression, row.Passed is true, rule.Looks, value);
    }

    private IEnumerable<K6Section> Groups() => run.Groups
        .Select(row => (Path: row.Name, Names: row.Name.Split("::", StringSplitOptions.RemoveEmptyEntries)))
        .Select(group => Section($"GROUP: {group.Names.LastOrDefault()}", group.Names.Length - 1, new(MetricTags.Group, group.Path)));

    private IEnumerable<K6Section> Scenarios() => run.Iterations.Select(row => row.Scenario).Where(name => name != "default")
        .Select(name => Section($"SCENARIO: {name}", 0, new(MetricTags.Scenario, name)));

    private K6Section Section(string title, int depth, KeyValuePair<string, string>? part) => new(
        title, depth, run.RunTime.TotalSeconds, Checks(part),
        [
            .. new[]
            {
                Block("CUSTOM", metrics.Definitions.Where(metric => metric.Section == MetricSection.Custom).Select(metric => metric.Name), part),
                Block("HTTP", full ? HttpFull : Http, part),
                Block("EXECUTION", full ? ExecutionFull : Execution, part),
                Block("NETWORK", Network, part),
            }.Where(block => block.Metrics.Count > 0),
        ]);

    private K6Check[] Checks(KeyValuePair<string, string>? part) =>
    [
        .. run.Checks
            .Where(row => part is not { } tag || (tag.Key == MetricTags.Scenario ? row.Scenario : row.Group) == tag.Value)
            .GroupBy(row => (row.Group, row.Name)).OrderBy(rows => rows.Key)
            .Select(rows => new K6Check(rows.Key.Name, rows.Sum(row => row.Passes), rows.Sum(row => row.Fails))),
    ];

    private K6Block Block(string heading, IEnumerable<string> names, KeyValuePair<string, string>? part)
    {
        List<K6Metric> lines = [];
        foreach (string name in names)
        {
            MetricDefinition metric = metrics.Find(name)!;
            if (metrics.Objection(name, Tags(part)) is not null || metrics.Read(name, Tags(part)) is not { } values || !IsShown(metric, values, part))
                continue;
            lines.Add(new K6Metric(name, metric.Kind, metric.Unit, values));
            if (part is null)
                lines.AddRange(Parts(metric));
        }

        return new K6Block(heading, lines);
    }

    private IEnumerable<K6Metric> Parts(MetricDefinition metric)
    {
        IEnumerable<MetricSelector> asked = _thresholds.Select(rule => ThresholdParser.Selector(rule.Subject)).Where(selector => selector.Metric == metric.Name && selector.Tags.Count > 0);
        if (metric.Name == "http_req_duration")
            asked = asked.Append(new MetricSelector(metric.Name, [new(MetricTags.ExpectedResponse, "true")]));
        return asked
            .Select(selector => (Name: $"  {{ {selector.ToString()[(metric.Name.Length + 1)..^1]} }}", selector.Tags)).DistinctBy(shown => shown.Name)
            .OrderBy(shown => shown.Name, StringComparer.Ordinal)
            .Select(shown => new K6Metric(shown.Name, metric.Kind, metric.Unit, metrics.Read(metric.Name, shown.Tags)));
    }

    // k6 knows a metric from its first value on; it writes the bytes of every iteration, also none.
    private bool IsShown(MetricDefinition metric, MetricSink values, KeyValuePair<string, string>? part) =>
        values.Count > 0 || (part is null && metric.Section == MetricSection.Network && run.AllIterations.Count > 0);

    private static KeyValuePair<string, string>[] Tags(KeyValuePair<string, string>? part) => part is { } tag ? [tag] : [];
}
