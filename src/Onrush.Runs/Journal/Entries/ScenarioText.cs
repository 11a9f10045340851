using System.Text.Json.Nodes;
using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>What is decided about scenarios, as JSON.</summary>
internal static class ScenarioText
{
    /// <summary>For a change.</summary>
    public static JsonArray Write(IReadOnlyList<ScenarioFacts> scenarios) => new([.. scenarios.Select(scenario => new JsonObject
    {
        ["name"] = scenario.Name,
        ["executor"] = scenario.Executor,
        ["iterations"] = scenario.Iterations,
        ["lengthMs"] = scenario.LengthMs,
        ["targetUsers"] = scenario.TargetUsers,
        ["startUnixMs"] = scenario.StartUnixMs,
        ["endUnixMs"] = scenario.EndUnixMs,
        ["warmUp"] = scenario.WarmUp,
        ["tags"] = scenario.Tags.IsEmpty ? null : new JsonObject(scenario.Tags.Tags.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Key, t.Value))),
    })]);

    /// <summary>What was written.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static IReadOnlyList<ScenarioFacts> Read(JsonArray scenarios) => [.. scenarios.Select(One)];

    private static ScenarioFacts One(JsonNode? node)
    {
        var text = node as JsonObject ?? throw new FormatException();
        return new ScenarioFacts((string?)text["name"] ?? throw new FormatException(), (string?)text["executor"] ?? "")
        {
            Iterations = (long?)text["iterations"],
            LengthMs = Bounded((long?)text["lengthMs"]),
            TargetUsers = (int?)text["targetUsers"] ?? 0,
            StartUnixMs = Bounded((long?)text["startUnixMs"]),
            EndUnixMs = Bounded((long?)text["endUnixMs"]),
            WarmUp = (bool?)text["warmUp"] ?? false,
            Tags = text["tags"] is JsonObject tags ? TagSet.Of(tags.Select(t => KeyValuePair.Create(t.Key, (string?)t.Value ?? ""))) : TagSet.Empty,
        };
    }

    private static long? Bounded(long? ms) => ms is null or (>= 0 and <= JournalFormat.MaxUnixMs) ? ms : throw new FormatException();
}
