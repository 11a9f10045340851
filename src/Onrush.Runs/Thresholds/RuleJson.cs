using System.Text.Json.Nodes;

namespace Onrush.Runs;

/// <summary>Rules and what became of them, as a journal keeps them with the verdict.</summary>
internal static class RuleJson
{
    private const string Key = "rules";

    /// <summary>For the details of a verdict; null without rules.</summary>
    public static JsonObject? Write(IReadOnlyList<RuleRow> rules) => rules.Count == 0 ? null : new JsonObject
    {
        [Key] = new JsonArray([.. rules.Select(rule => new JsonObject
        {
            ["kind"] = rule.Kind.ToString(),
            ["subject"] = rule.Subject,
            ["expression"] = rule.Expression,
            ["passed"] = rule.Passed,
            ["value"] = rule.Value is { } value && double.IsFinite(value) ? value : null,
            ["found"] = rule.Found,
            ["abortOnFail"] = rule.AbortOnFail,
        })]),
    };

    /// <summary>What was written; entries of a kind that this version does not know are left out.</summary>
    public static IReadOnlyList<RuleRow> Read(JsonObject? details)
    {
        var rules = new List<RuleRow>();
        foreach (var entry in (details?[Key] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (!Enum.TryParse<RuleKind>((string?)entry["kind"], out var kind))
                continue;
            rules.Add(new RuleRow(kind, (string?)entry["subject"] ?? "", (string?)entry["expression"] ?? "", (bool?)entry["passed"])
            {
                Value = (double?)entry["value"],
                Found = (string?)entry["found"] ?? "",
                AbortOnFail = (bool?)entry["abortOnFail"] ?? false,
            });
        }

        return rules;
    }
}
