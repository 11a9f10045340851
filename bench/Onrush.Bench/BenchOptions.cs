using System.Globalization;
using Onrush.Bench.Generators;
using Onrush.Bench.Measuring.Throughput;

namespace Onrush.Bench;

/// <summary>What is measured, and for how long.</summary>
internal sealed record BenchOptions
{
    public const string Help = """
        usage: bench/run [--rounds N] [--seconds S] [--only NAMES] [--quick] [--gate] [--out FILE]
          --rounds N    interleaved rounds; medians are over them (5)
          --seconds S   how long each generator is measured in a round, in turns of a quarter of a second (3)
          --only NAMES  only these parts (plain50, plain1000, tls50, body1k, body100k, post, connect, peers, users, bound, arrivals,
                        start) and generators (wrk, h2load, hey, ab, siege, autocannon, floor, httpclient, fast, lean, fast-loops, portable,
                        httpuser), by commas; wrk is always there
          --quick       one round of one second
          --gate        exit code 1 when a gate fails
          --check       exit code 1 when a ratio is far below the one in bench/baseline.json, or a request allocates
          --out FILE    where the page goes, its picture beside it as .svg; bench/results.md for a whole run, standard output for --only and --quick
        """;

    /// <summary>Parts in the order in which they are measured.</summary>
    public static readonly string[] Parts = [.. Bundle.All.Select(bundle => bundle.Name), "users", "bound", "arrivals", "start"];

    public int Rounds { get; private init; } = 5;

    /// <summary>Length of one measurement of throughput in seconds.</summary>
    public int Seconds { get; private init; } = 3;

    /// <summary>Names of parts and generators; empty takes all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    public bool Quick { get; private init; }

    public bool Gate { get; private init; }

    /// <summary>Compare with the ratios that are checked in.</summary>
    public bool Check { get; private init; }

    /// <summary>File of the page; null takes the default.</summary>
    public string? Out { get; private init; }

    public bool ShowHelp { get; private init; }

    /// <summary>The arguments as they were given.</summary>
    public string CommandLine { get; private init; } = "";

    public bool IsPartial => Quick || Only.Count > 0;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="BenchException">Something in it is not known.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions { CommandLine = string.Join(' ', args.Prepend("bench/run")) };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--rounds" => options with { Rounds = Number(args, ++i) },
                "--seconds" => options with { Seconds = Number(args, ++i) },
                "--only" => options with { Only = Names(Value(args, ++i)) },
                "--quick" => options with { Quick = true, Rounds = 1, Seconds = 1 },
                "--gate" => options with { Gate = true },
                "--check" => options with { Check = true },
                "--out" => options with { Out = Value(args, ++i) },
                "-h" or "--help" => options with { ShowHelp = true },
                _ => throw new BenchException($"unknown option {args[i]}\n{Help}"),
            };
        }
        return options;
    }

    /// <summary>Whether a part is to be measured: when it is named, or when no part is.</summary>
    public bool WantsPart(string part) => Only.Contains(part) || !Only.Any(Parts.Contains);

    /// <summary>Whether a generator is to be measured: when it is named, or when no generator is.</summary>
    public bool WantsGenerator(string name) => Only.Contains(name) || !Only.Any(AllGenerators.Names.Contains);

    private static string[] Names(string text)
    {
        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var name in names)
        {
            if (!Parts.Contains(name) && !AllGenerators.Names.Contains(name))
                throw new BenchException($"--only: there is no part or generator {name}\n{Help}");
        }
        return names;
    }

    private static int Number(IReadOnlyList<string> args, int index) =>
        int.TryParse(Value(args, index), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new BenchException($"{args[index - 1]} takes a whole number from 1, not {args[index]}");

    private static string Value(IReadOnlyList<string> args, int index) =>
        index < args.Count ? args[index] : throw new BenchException($"{args[index - 1]} needs a value\n{Help}");
}
