using System.Text.Json.Nodes;

namespace Onrush.Runs.Journal;

/// <summary>The accounts of outputs, as a journal keeps them with the verdict.</summary>
internal static class OutputJson
{
    private const string Key = "outputs";

    /// <summary>Adds the accounts to the details of a verdict; null when there is nothing in them.</summary>
    public static JsonObject? Add(JsonObject? details, IReadOnlyList<OutputRow> outputs)
    {
        if (outputs.Count > 0)
        {
            (details ??= [])[Key] = new JsonArray([.. outputs.Select(row => new JsonObject
            {
                ["output"] = row.Output,
                ["records"] = row.Records,
                ["produced"] = row.Produced,
                ["delivered"] = row.Delivered,
                ["dropped"] = row.Dropped,
                ["uncertain"] = row.Uncertain,
                ["retries"] = row.Retries,
                ["trouble"] = row.Trouble,
            })]);
        }

        return details;
    }

    /// <summary>What was written.</summary>
    /// <exception cref="FormatException">It was something else.</exception>
    public static IReadOnlyList<OutputRow> Read(JsonObject? details) => [.. (details?[Key] as JsonArray ?? []).OfType<JsonObject>().Select(row =>
        new OutputRow((string?)row["output"] ?? "", (string?)row["records"] ?? "")
        {
            Produced = Count(row, "produced"),
            Delivered = Count(row, "delivered"),
            Dropped = Count(row, "dropped"),
            Uncertain = Count(row, "uncertain"),
            Retries = Count(row, "retries"),
            Trouble = (string?)row["trouble"],
        })];

    private static long Count(JsonObject row, string name) => (long?)row[name] is null or < 0 ? 0 : (long)row[name]!;
}
