using Onrush.Bench.Generators;

namespace Onrush.Bench.Measuring.Throughput;

/// <summary>Measurements that belong together: every round holds one run of each generator, wrk among them.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its title on the page.</param>
/// <param name="Connections">Number of connections.</param>
internal sealed record Bundle(string Name, string Title, int Connections)
{
    private static readonly string[] Main = ["h2load", "httpclient", AllGenerators.Fast, AllGenerators.Lean, AllGenerators.Loops, AllGenerators.Portable, AllGenerators.HttpUser];
    private static readonly string[] Few = ["h2load", AllGenerators.Fast, AllGenerators.Loops, AllGenerators.Portable, AllGenerators.HttpUser];

    /// <summary>Whether HTTPS is spoken.</summary>
    public bool Tls { get; private init; }

    /// <summary>What is asked for.</summary>
    public string Path { get; private init; } = "/";

    /// <summary>How it is asked.</summary>
    public Ask Ask { get; private init; }

    /// <summary>Who takes part besides wrk.</summary>
    public IReadOnlyList<string> Generators { get; private init; } = [AllGenerators.Fast];

    /// <summary>Rounds at most: what no gate rests on needs fewer.</summary>
    public int MostRounds { get; private init; } = 2;

    /// <summary>Length of one measurement in seconds at most.</summary>
    public int MostSeconds { get; private init; } = 2;

    public static IReadOnlyList<Bundle> All { get; } =
    [
        new("plain50", "HTTP, 50 connections", 50) { Generators = [.. Main, AllGenerators.Floor], MostRounds = 99, MostSeconds = 99 },
        new("plain1000", "HTTP, 1,000 connections", 1000) { Generators = Few, MostRounds = 99, MostSeconds = 99 },
        new("tls50", "HTTPS (TLS 1.3, P-256), 50 connections", 50)
        {
            Tls = true,
            Generators = ["h2load", AllGenerators.Fast, AllGenerators.Lean, AllGenerators.HttpUser],
            MostRounds = 99,
            MostSeconds = 99,
        },
        new("body1k", "A body of 1 KB, 50 connections", 50) { Path = "/1k" },
        new("body100k", "A body of 100 KB, 50 connections", 50) { Path = "/100k" },
        new("post", "POST of 500 bytes of JSON, 50 connections", 50) { Path = "/post", Ask = Ask.PostJson },
        new("connect", "A connection per request, 50 at a time", 50) { Ask = Ask.ConnectEachTime },
        new("peers", "Others, HTTP, 50 connections", 50)
        {
            Generators = ["hey", "ab", "siege", "autocannon", AllGenerators.Fast],
            MostRounds = 1,
        },
    ];
}
