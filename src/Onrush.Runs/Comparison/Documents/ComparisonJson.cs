using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Onrush.Runs.Comparison;

/// <summary>Writes a comparison as JSON.</summary>
internal static class ComparisonJson
{
    private static readonly ComparisonDocumentContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters =
        {
            new JsonStringEnumConverter<ComparedMetric>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ChangeKind>(JsonNamingPolicy.CamelCase),
        },
    });

    /// <summary>The document as text.</summary>
    public static string Text(RunComparison comparison, IReadOnlyList<string> failedRules) =>
        JsonSerializer.Serialize(Document(comparison, failedRules), Context.ComparisonDocument);

    /// <summary>The document of a comparison.</summary>
    public static ComparisonDocument Document(RunComparison comparison, IReadOnlyList<string> failedRules) => new()
    {
        Base = Run(comparison.Base),
        New = Run(comparison.New),
        Summary = ComparisonText.Summary(comparison),
        Objections = comparison.Objections,
        FailedRules = failedRules,
        Confidence = comparison.Confidence,
        Endpoints = [.. comparison.Endpoints.Select(e => new EndpointChangeDocument
        {
            Endpoint = Name(e.Endpoint),
            BaseRequests = e.BaseRequests,
            NewRequests = e.NewRequests,
            Metrics = [.. e.Metrics.Select(Metric)],
        })],
        OnlyInBase = [.. comparison.Gone.Select(Name)],
        OnlyInNew = [.. comparison.Added.Select(Name)],
    };

    private static ComparedRunDocument Run(ComparedRun run) =>
        new() { Name = run.Name, ComparedMs = Short(run.Seconds * 1000), GeneratorBoundShare = Short(run.BoundShare) };

    private static EndpointDocument Name(Endpoint endpoint) => new() { Scenario = endpoint.Scenario, Method = endpoint.Method, Name = endpoint.Name };

    private static MetricChangeDocument Metric(MetricChange change)
    {
        bool known = change.Kind != ChangeKind.TooFew;
        return new MetricChangeDocument
        {
            Metric = change.Metric,
            Base = Short(change.Base),
            New = Short(change.New),
            Change = known ? Short(change.Change) : null,
            ChangeLow = known ? Short(change.Low) : null,
            ChangeHigh = known ? Short(change.High) : null,
            Verdict = change.Kind,
        };
    }

    private static double Short(double value) => double.IsFinite(value) ? Math.Round(value, 6) : 0;
}

/// <summary>The serialiser's code for the document, made at build time.</summary>
[JsonSerializable(typeof(ComparisonDocument))]
internal sealed partial class ComparisonDocumentContext : JsonSerializerContext;
