using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onrush.Scenarios;

namespace Onrush.Runs.Journal;

/// <summary>
/// What a run was started with, as a document: whoever has something to say about a run adds a property, and readers leave alone what they do not know.
/// The properties here are those that a list and a heading need.
/// </summary>
/// <param name="Document">The document.</param>
internal sealed record RunPlan(JsonObject Document)
{
    /// <summary>Name of the load test.</summary>
    public string LoadTest => Text("loadTest") ?? "";

    /// <summary>The target, if one was named.</summary>
    public string? Host => Text("host");

    /// <summary>Number of users.</summary>
    public int? Users => (int?)Number("users");

    /// <summary>Users started per second.</summary>
    public double? SpawnRate => Number("spawnRate");

    /// <summary>How long it was to take; null when nobody said.</summary>
    public TimeSpan? RunTime => Number("runTimeSeconds") is { } seconds and >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>What tells the contents of the load test from others; null when that is not known.</summary>
    public string? Hash => Text("hash");

    /// <summary>Version of onrush that began it; null when that is not known.</summary>
    public string? Onrush => Text("onrush");

    /// <summary>Thresholds besides those of the load test.</summary>
    public IReadOnlyList<ThresholdText> Thresholds =>
        [.. (Document["thresholds"] as JsonArray ?? []).OfType<JsonObject>().Select(ThresholdOf).OfType<ThresholdText>()];

    /// <summary>The plan of a run.</summary>
    /// <param name="loadTest">Name of the load test.</param>
    /// <param name="hash">What tells its contents from others; null when that is not known.</param>
    /// <param name="options">What it is started with.</param>
    /// <param name="userClasses">Names of the user classes in it.</param>
    public static RunPlan Of(string loadTest, string? hash, RunOptions options, IEnumerable<string> userClasses) => new(new JsonObject
    {
        ["loadTest"] = loadTest,
        ["hash"] = hash,
        ["host"] = WithoutPassword(options.Host),
        ["users"] = options.Users,
        ["spawnRate"] = options.SpawnRate,
        ["runTimeSeconds"] = options.RunTime?.TotalSeconds,
        ["stopTimeoutSeconds"] = options.StopTimeout.TotalSeconds,
        ["seed"] = options.Seed,
        ["transport"] = $"{options.Transport}",
        ["insecure"] = options.Insecure,
        ["loops"] = options.Loops,
        ["userClasses"] = new JsonArray([.. userClasses.Select(name => JsonValue.Create(name))]),
        ["thresholds"] = options.Thresholds.Count == 0 ? null : new JsonArray([.. options.Thresholds.Select(threshold => new JsonObject
        {
            ["metric"] = threshold.Metric,
            ["rule"] = threshold.Expression,
            ["abort"] = threshold.AbortOnFail,
            ["delaySeconds"] = threshold.DelayAbort.TotalSeconds,
        })]),
    });

    /// <summary>A URL without user and password: a journal, with the log in it, is handed around.</summary>
    public static string? WithoutPassword(string? host) =>
        Uri.TryCreate(host, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? host!.Replace(url.UserInfo + "@", "", StringComparison.Ordinal) : host;

    private static ThresholdText? ThresholdOf(JsonObject text)
    {
        var of = new RunPlan(text);
        return of.Text("metric") is { } metric && of.Text("rule") is { } rule
            ? new ThresholdText(metric, rule, text["abort"] is JsonValue abort && abort.TryGetValue<bool>(out var aborts) && aborts, TimeSpan.FromSeconds(Math.Clamp(of.Number("delaySeconds") ?? 0, 0, 1e9)))
            : null;
    }

    private string? Text(string name) => Document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Whether a number was read or made here, and of which type: its text is the same.
    private double? Number(string name) =>
        Document[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
