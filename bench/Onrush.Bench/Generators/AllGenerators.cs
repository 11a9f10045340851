using System.Globalization;
using Onrush.Bench.Children;
using Onrush.Runs;

namespace Onrush.Bench.Generators;

/// <summary>The generators that are compared.</summary>
internal static class AllGenerators
{
    public const string Wrk = "wrk";
    public const string Floor = "floor";
    public const string HttpClient = "httpclient";
    public const string Fast = "fast";
    public const string Lean = "lean";
    public const string Loops = "fast-loops";
    public const string Portable = "portable";
    public const string HttpUser = "httpuser";

    private static readonly ChildPlan OneLoop = new() { User = nameof(SteadyUser), Loops = 1 };

    /// <summary>All that this build has; wrk is the first.</summary>
    public static IReadOnlyList<Generator> All { get; } =
    [
        new ToolGenerator(Wrk, "wrk -t1", "wrk", WrkArguments, WrkProblem) { Asks = [Ask.Get, Ask.PostJson, Ask.ConnectEachTime] },
        new ToolGenerator(
            "h2load",
            "h2load --h1 -t1",
            "h2load",
            (load, seconds) => ["--h1", "-t1", "-c", Text(load.Connections), "-D", seconds, Text(load.Url)],
            output => output.Contains(" 0 failed, 0 errored, 0 timeout", StringComparison.Ordinal) ? null : "h2load had failed requests"),
        new ToolGenerator(
            "hey",
            "hey",
            "hey",
            (load, seconds) => ["-z", $"{seconds}s", "-c", Text(load.Connections), Text(load.Url)],
            output => output.Contains("Error distribution", StringComparison.Ordinal) ? "hey had failed requests" : null),
        new ToolGenerator(
            "ab",
            "ab -k",
            "ab",
            (load, seconds) => ["-q", "-k", "-c", Text(load.Connections), "-t", seconds, "-n", "10000000", Text(load.Url)],
            output => output.Contains("Failed requests:        0", StringComparison.Ordinal) ? null : "ab had failed requests"),
        new ToolGenerator(
            "siege",
            "siege -b, keep-alive",
            "env",
            (load, seconds) => [$"HOME={Scripts.Home}", "siege", "-q", "-R", Scripts.SiegeSettings(), "-b", "-c", Text(load.Connections), "-t", $"{seconds}S", Text(load.Url)],
            _ => null),
        new ToolGenerator(
            "autocannon",
            "autocannon",
            Scripts.Npm("autocannon"),
            (load, seconds) => ["-c", Text(load.Connections), "-d", seconds, "--no-progress", Text(load.Url)],
            _ => null) { WarmUpSeconds = 2 },
        new ToolGenerator(
            Floor,
            "floor: C, send and receive only",
            Path.Combine(Repository.Root, "artifacts", "bench", "floor"),
            (load, seconds) => [load.Url.Host, Text(load.Url.Port), Text(load.Connections), seconds],
            _ => null),
        new ChildGenerator(HttpClient, "HttpMessageInvoker, tuned, drained", HttpClientChild.Command, new ChildPlan()),
        new ChildGenerator(Fast, "**Onrush FastHttpUser**, 1 loop", GeneratorChild.Command, OneLoop)
        {
            Users = new Dictionary<Ask, string> { [Ask.PostJson] = nameof(PostingUser), [Ask.ConnectEachTime] = nameof(ConnectingUser) },
        },
        new ChildGenerator(
            Lean, "**Onrush FastHttpUser**, 1 loop, the task returns the request's ValueTask", GeneratorChild.Command, OneLoop with { User = nameof(LeanUser) }),
        new ChildGenerator(
            Loops, $"**Onrush FastHttpUser**, default loops ({Environment.ProcessorCount})", GeneratorChild.Command, OneLoop with { Loops = null }),
        new ChildGenerator(
            Portable, "**Onrush FastHttpUser**, portable transport, 1 loop", GeneratorChild.Command, OneLoop with { Transport = Transport.Portable }),
        new ChildGenerator(HttpUser, "**Onrush HttpUser**, 1 loop", GeneratorChild.Command, OneLoop with { User = nameof(SteadyHttpUser) }),
    ];

    /// <summary>The names that may be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(generator => generator.Name)];

    private static string[] WrkArguments(Load load, string seconds)
    {
        // A request that waited while wrk stood still is not a failure.
        string[] arguments = ["-t1", "-c", Text(load.Connections), "-d", $"{seconds}s", "--timeout", "20s"];
        string[] more = load.Ask switch
        {
            Ask.PostJson => ["-s", Scripts.WrkPost()],
            Ask.ConnectEachTime => ["-H", "Connection: close"],
            _ => [],
        };
        return [.. arguments, .. more, Text(load.Url)];
    }

    private static string? WrkProblem(string output) =>
        output.Contains("Socket errors", StringComparison.Ordinal) || output.Contains("Non-2xx", StringComparison.Ordinal) ? "wrk had failed requests" : null;

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
