using System.Text.Json;

namespace Studies.Running;

/// <summary>What a run came to, read from its JSON document.</summary>
internal sealed record RunResult
{
    public required int ExitCode { get; init; }

    /// <summary>Length of the run, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>All requests together.</summary>
    public required SeriesResult All { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, SeriesResult> Series { get; init; }

    /// <summary>The course, a point for each second.</summary>
    public required IReadOnlyList<SecondResult> Course { get; init; }

    /// <summary>What Onrush found out about it.</summary>
    public required IReadOnlyList<FindingResult> Findings { get; init; }

    /// <summary>What the generator says of itself.</summary>
    public required string Generator { get; init; }

    /// <summary>Whether the generator was the limit in some second.</summary>
    public required bool GeneratorBound { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>What the command wrote to its standard error: its log.</summary>
    public required string Log { get; init; }

    /// <summary>Requests per second in the last part of the course, without its very end.</summary>
    /// <param name="share">Length of that part, from 0 to 1.</param>
    public double SteadyRate(double share) => Steady(share).Average(second => second.Rate);

    /// <summary>The last part of the course, without its last second.</summary>
    public IReadOnlyList<SecondResult> Steady(double share)
    {
        var whole = Course.SkipLast(1).ToList();
        return [.. whole.Skip((int)(whole.Count * (1 - share)))];
    }

    public static RunResult Read(string json, int exitCode, string log)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var generator = root.GetProperty("generator");
        return new RunResult
        {
            ExitCode = exitCode,
            Log = log,
            Seconds = root.GetProperty("runTimeMs").GetDouble() / 1000,
            All = SeriesResult.Read(root.GetProperty("aggregated")),
            Series = root.GetProperty("series").EnumerateArray().GroupBy(row => row.GetProperty("name").GetString()!).ToDictionary(rows => rows.Key, rows => SeriesResult.Read(rows.First())),
            Course = [.. root.GetProperty("seconds").EnumerateArray().Select(SecondResult.Read)],
            Findings = root.TryGetProperty("findings", out var findings)
                ? [.. findings.EnumerateArray().Select(one => new FindingResult(Text(one, "id"), Text(one, "title").TrimEnd('.'), Text(one, "text")))]
                : [],
            Generator = generator.GetProperty("text").GetString()!,
            GeneratorBound = generator.GetProperty("isBound").GetBoolean(),
            Verdict = root.GetProperty("verdict").GetProperty("text").GetString()!,
        };
    }

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

/// <summary>Something that Onrush found out.</summary>
internal sealed record FindingResult(string Id, string Title, string Text);

/// <summary>Requests of one name, or all.</summary>
/// <param name="Requests">Finished.</param>
/// <param name="Failures">Failed among them.</param>
/// <param name="Rate">Per second of the run.</param>
/// <param name="MeanMs">Mean response time.</param>
/// <param name="P95Ms">95th percentile.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="SuccessMeanMs">Mean response time of those that succeeded.</param>
/// <param name="SuccessMaxMs">The longest of them.</param>
/// <param name="Outcomes">How many ended in each way.</param>
/// <param name="Statuses">How many were answered with each status.</param>
internal sealed record SeriesResult(
    long Requests, long Failures, double Rate, double MeanMs, double P95Ms, double P99Ms, double SuccessMeanMs, double SuccessMaxMs,
    IReadOnlyDictionary<string, long> Outcomes, IReadOnlyDictionary<int, long> Statuses)
{
    public static SeriesResult Read(JsonElement row)
    {
        var all = row.GetProperty("all");
        var good = row.GetProperty("successes");
        return new SeriesResult(
            row.GetProperty("requests").GetInt64(), row.GetProperty("failures").GetInt64(), row.GetProperty("totalRps").GetDouble(),
            all.GetProperty("averageMs").GetDouble(), all.GetProperty("p95Ms").GetDouble(), all.GetProperty("p99Ms").GetDouble(),
            good.GetProperty("averageMs").GetDouble(), good.GetProperty("maxMs").GetDouble(),
            row.GetProperty("outcomes").EnumerateArray().ToDictionary(one => one.GetProperty("outcome").GetString()!, one => one.GetProperty("count").GetInt64()),
            row.GetProperty("statuses").EnumerateArray().ToDictionary(one => one.GetProperty("status").GetInt32(), one => one.GetProperty("count").GetInt64()));
    }
}

/// <summary>A second of the course.</summary>
internal sealed record SecondResult(double At, int Users, double Rate, double Failures, double MeanMs, double P95Ms, long InFlight)
{
    public static SecondResult Read(JsonElement point)
    {
        var times = point.GetProperty("times");
        return new SecondResult(
            point.GetProperty("startSecond").GetDouble(), point.GetProperty("users").GetInt32(), point.GetProperty("rps").GetDouble(),
            point.GetProperty("failuresPerSecond").GetDouble(), times.GetProperty("averageMs").GetDouble(), times.GetProperty("p95Ms").GetDouble(),
            point.GetProperty("inFlight").GetInt64());
    }
}
