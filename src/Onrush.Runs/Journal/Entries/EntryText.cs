using System.Text.Json;
using System.Text.Json.Nodes;

namespace Onrush.Runs.Journal;

/// <summary>Entries other than reports as JSON objects. What an object holds beyond the properties read here is left alone.</summary>
internal static class EntryText
{
    private const int MaxDepth = 32;

    // A small text can become large in memory: each element of an array is an object of its own.
    private const int MostBytes = 1 << 20;

    /// <summary>The contents of a frame.</summary>
    public static ReadOnlySpan<byte> Write(JournalEntry entry)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            Object(entry).WriteTo(json);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }

    /// <summary>Reads the contents of a frame; null for a type that is not known.</summary>
    /// <exception cref="DamagedDataException">They make no sense.</exception>
    public static JournalEntry? Read(FrameType type, long unixMs, ReadOnlySpan<byte> contents)
    {
        try
        {
            return type switch
            {
                FrameType.Plan => new PlanEntry(unixMs, new RunPlan(Parse(contents))),
                FrameType.Roster => new RosterEntry(unixMs, Roster(Parse(contents))),
                FrameType.Log => new LogEntry(unixMs, Line(unixMs, Parse(contents))),
                FrameType.Change => new ChangeEntry(unixMs, Change(Parse(contents))),
                FrameType.Verdict => new VerdictEntry(unixMs, Verdict(Parse(contents))),
                FrameType.TargetMetrics => new TargetMetricsEntry(unixMs, Metrics(unixMs, Parse(contents))),
                FrameType.Shown => new ShownEntry(unixMs, contents.IsEmpty ? null : RuleJson.Read(Parse(contents))),
                FrameType.Reset => new ResetEntry(unixMs),
                FrameType.Decision => new DecisionEntry(unixMs, contents.ToArray()),
                FrameType.Workers => new WorkersEntry(unixMs, StandingsPacking.Read(contents)),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new DamagedDataException($"the text of a {type} frame makes no sense");
        }
    }

    private static JsonObject Object(JournalEntry entry) => entry switch
    {
        PlanEntry { Plan: var plan } => plan.Document,
        RosterEntry { Change: var change } => new JsonObject
        {
            ["worker"] = change.Worker,
            ["incarnation"] = change.Incarnation,
            ["joined"] = change.Joined,
            ["loops"] = change.Loops,
            ["machine"] = change.Machine,
            ["version"] = change.Version,
            ["sharePercent"] = change.SharePercent,
        },
        LogEntry { Line: var line } => new JsonObject { ["level"] = line.Level, ["text"] = line.Text },
        ChangeEntry { Change: var change } => new JsonObject
        {
            ["unixMs"] = change.UnixMs,
            ["phase"] = $"{change.Phase}",
            ["targetUsers"] = change.TargetUsers,
            ["spawnRate"] = change.SpawnRate,
            ["reason"] = change.Reason,
            ["scenarios"] = change.Scenarios is { } scenarios ? ScenarioText.Write(scenarios) : null,
        },
        VerdictEntry { Verdict: var verdict } => new JsonObject
        {
            ["exitCode"] = verdict.ExitCode,
            ["text"] = verdict.Text,
            ["figures"] = verdict.Figures is { } figures ? Figures(figures) : null,
            ["details"] = verdict.Details?.DeepClone(),
        },
        ShownEntry { Rules: { } rules } => RuleJson.Write(rules) ?? [],
        TargetMetricsEntry { Metrics: var metrics } => new JsonObject
        {
            ["source"] = metrics.Source,
            ["values"] = new JsonObject(metrics.Values.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Key, double.IsFinite(v.Value) ? v.Value : null))),
            ["units"] = metrics.Units.Count == 0 ? null : new JsonObject(metrics.Units.Select(u => KeyValuePair.Create<string, JsonNode?>(u.Key, u.Value))),
        },
        _ => throw new ArgumentException($"A {entry.GetType().Name} is no text.", nameof(entry)),
    };

    private static JsonObject Figures(RunFigures figures) => new()
    {
        ["seconds"] = figures.Seconds,
        ["users"] = figures.Users,
        ["requests"] = figures.Requests,
        ["failures"] = figures.Failures,
        ["p95Ms"] = figures.P95Ms,
    };

    private static JsonObject Parse(ReadOnlySpan<byte> contents)
    {
        if (contents.Length > MostBytes)
            throw new FormatException();
        var reader = new Utf8JsonReader(contents, new JsonReaderOptions { MaxDepth = MaxDepth });
        var parsed = JsonNode.Parse(ref reader) as JsonObject ?? throw new FormatException();
        // The nodes are made when they are first looked at, and only then a name that comes twice is found.
        return reader.Read() || parsed.Count < 0 ? throw new FormatException() : parsed;
    }

    private static RosterChange Roster(JsonObject text) => new(
        Text(text, "worker"), (int)Needed(text, "incarnation"), (bool)Needed(text, "joined"), (int?)text["loops"] ?? 0, (string?)text["machine"], (string?)text["version"],
        (int?)text["sharePercent"]);

    private static LogLine Line(long unixMs, JsonObject text) => new(unixMs, Text(text, "level"), Text(text, "text"));

    private static RunChange Change(JsonObject text)
    {
        var unixMs = (long)Needed(text, "unixMs");
        if (unixMs is < 0 or > JournalFormat.MaxUnixMs || !Enum.TryParse<RunPhase>(Text(text, "phase"), out var phase) || !Enum.IsDefined(phase))
            throw new FormatException();
        return new RunChange(unixMs, phase, (int)Needed(text, "targetUsers"), Finite((double)Needed(text, "spawnRate")), (string?)text["reason"])
        {
            Scenarios = text["scenarios"] is JsonArray scenarios ? ScenarioText.Read(scenarios) : null,
        };
    }

    private static RunVerdict Verdict(JsonObject text) => new(
        (int)Needed(text, "exitCode"),
        Text(text, "text"),
        text["figures"] is JsonObject figures ? Figures(figures) : null,
        text["details"] is JsonObject details ? (JsonObject)details.DeepClone() : null);

    private static RunFigures Figures(JsonObject text) => new(
        Finite((double)Needed(text, "seconds")), (int)Needed(text, "users"), (long)Needed(text, "requests"), (long)Needed(text, "failures"), Finite((double)Needed(text, "p95Ms")));

    private static TargetMetrics Metrics(long unixMs, JsonObject text)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in text["values"] as JsonObject ?? throw new FormatException())
            values[name] = value is null ? double.NaN : (double)value;
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, unit) in text["units"] as JsonObject ?? [])
            units[name] = (string?)unit ?? throw new FormatException();
        return new TargetMetrics(unixMs, Text(text, "source"), values) { Units = units };
    }

    private static JsonNode Needed(JsonObject text, string name) => text[name] ?? throw new FormatException();

    private static string Text(JsonObject text, string name) => (string?)text[name] ?? throw new FormatException();

    private static double Finite(double value) => double.IsFinite(value) ? value : throw new FormatException();
}
