using Onrush.Bench.Generators;
using Onrush.Bench.Measuring;
using Onrush.Bench.Measuring.Bound;
using Onrush.Bench.Measuring.Throughput;

namespace Onrush.Bench.Report;

/// <summary>What is promised, and whether it was kept. A figure that could not be measured fails; one that was not asked for is left out.</summary>
internal static class Gates
{
    private static readonly (string Bundle, string Generator, double Ratio)[] Ratios =
    [
        ("plain50", AllGenerators.Fast, 1.0),
        ("plain1000", AllGenerators.Fast, 1.0),
        ("plain50", AllGenerators.Portable, 0.85),
        ("plain1000", AllGenerators.Portable, 0.85),
        ("tls50", AllGenerators.Fast, 1.0),
        ("plain50", AllGenerators.HttpUser, 0.5),
    ];

    // The way of a request through the kernel to the wire; a tool without receive timestamps is off by 20,000.
    private const double MostOverWireUs = 10;

    private static readonly (string Bundle, double Bytes)[] Allocations = [("plain50", 16), ("tls50", 160)];

    public static IEnumerable<Gate> Of(Results results, BenchOptions options)
    {
        foreach (var (name, generator, demanded) in Ratios)
        {
            if (results.Find(name) is { } bundle && bundle.Bundle.Generators.Contains(generator) && options.WantsGenerator(generator))
                yield return Ratio(bundle, generator, demanded);
        }

        foreach (var (name, demanded) in Allocations)
        {
            if (results.Find(name) is { } bundle && options.WantsGenerator(AllGenerators.Lean))
                yield return Allocation(bundle, demanded);
        }

        foreach (var gate in (results.Users is { } users ? OfUsers(users) : [])
            .Concat(results.Bound is { } bound ? OfBound(bound) : [])
            .Concat(results.Arrivals is { } arrivals ? OfArrivals(arrivals) : [])
            .Concat(results.Start is { } start ? OfStart(start) : []))
            yield return gate;
    }

    private static Gate Ratio(ThroughputResult bundle, string generator, double demanded)
    {
        var ratio = bundle.Find(generator)?.Spread(sample => sample.Ratio);
        return AtLeast($"{generator}, {bundle.Bundle.Title}: requests per CPU-second against wrk", ratio, demanded, "0.00", "x");
    }

    private static Gate Allocation(ThroughputResult bundle, double demanded) => AtMost(
        $"{AllGenerators.Lean}, {bundle.Bundle.Title}: allocation per request, body discarded", bundle.Find(AllGenerators.Lean)?.Allocated, demanded, "0.0", " B");

    private static IEnumerable<Gate> OfUsers(UsersResult users)
    {
        yield return AtMost("10,000 users: peak RSS of the engine", Median(users, round => round.PeakMegabytes), 90, "0.0", " MB");
        Spread? command = users.CommandMegabytes is { } megabytes ? Spread.Of([megabytes]) : null;
        yield return AtMost("10,000 users: peak RSS of ./onrush", command, 90, "0.0", " MB");
        yield return AtMost("10,000 users at 1,000/s: first to last start (9.999 s on schedule)", Median(users, round => round.Scheduled.SpawnSeconds), 10.1, "0.000", " s");
        yield return AtMost("10,000 users: failed requests", Worst(users, round => round.Scheduled.Failures), 0, "0", "");
        yield return AtMost("10,000 users: reported p99", Median(users, round => round.Scheduled.P99Ms), 3, "0.00", " ms");
    }

    private static IEnumerable<Gate> OfBound(BoundResult bound)
    {
        var marked = bound.Rounds.Count(round => round.Captured.IsBound && round.Observed.IsBound);
        yield return new Gate(
            "Saturated generator: marked as generator-bound", "every round", $"{marked} of {bound.Rounds.Count}", marked > 0 && marked == bound.Rounds.Count);
        Spread? ratio = bound.Rounds.Count == 0 ? null : Spread.Of(bound.Rounds.Select(round => round.SteadyRatio));
        yield return new Gate(
            "Saturated generator: reported p50 against wrk -c1 meanwhile", "0.80x to 1.20x", Seen(ratio, "0.00", "x"), ratio is { Median: >= 0.8 and <= 1.2 });
        Spread? more = bound.Rounds.Count == 0 ? null : Spread.Of(bound.Rounds.Select(round => round.OverWireUs));
        yield return AtMost("Saturated generator: reported p50 above that of the packets of the same requests", more, MostOverWireUs, "0.0", " us");
    }

    private static IEnumerable<Gate> OfArrivals(ArrivalResult arrivals)
    {
        Spread? at20 = Of(20_000, run => run.OnTimePercent);
        yield return AtLeast("20,000 iterations/s for 30 s: begun at most 1 ms late", at20, 99.9, "0.000", " %");
        yield return AtMost("20,000 iterations/s for 30 s: lateness p99", Of(20_000, run => run.Run.LatenessP99Ms), 1, "0.000", " ms");
        yield return AtMost("20,000 iterations/s for 30 s: CPU", Of(20_000, run => run.Run.Cores), 1, "0.00", " cores");
        yield return AtMost("50,000 iterations/s for 10 s: lost", Of(50_000, run => run.Lost), 0, "0", "");
        yield return AtMost("50,000 iterations/s for 10 s: lateness p99", Of(50_000, run => run.Run.LatenessP99Ms), 2, "0.000", " ms");

        Spread? Of(int rate, Func<ArrivalSample, double> figure) =>
            arrivals.Runs.FirstOrDefault(run => run.Rate == rate) is { } run ? Spread.Of([figure(run)]) : null;
    }

    private static IEnumerable<Gate> OfStart(StartResult start)
    {
        yield return AtMost("First request, script in the cache", start.CachedMs, 250, "0", " ms");
        yield return AtMost("First request, script changed", start.ChangedMs, 2000, "0", " ms");
    }

    private static Spread? Median(UsersResult users, Func<UsersSample, double> figure) =>
        users.Rounds.Count == 0 ? null : Spread.Of(users.Rounds.Select(figure));

    private static Spread? Worst(UsersResult users, Func<UsersSample, double> figure) =>
        users.Rounds.Count == 0 ? null : Spread.Of([users.Rounds.Max(figure)]);

    private static Gate AtLeast(string what, Spread? seen, double demanded, string format, string unit) =>
        new(what, $"at least {Figures.Text(demanded, format)}{unit}", Seen(seen, format, unit), seen?.Median >= demanded);

    private static Gate AtMost(string what, Spread? seen, double demanded, string format, string unit) =>
        new(what, $"at most {Figures.Text(demanded, format)}{unit}", Seen(seen, format, unit), seen?.Median <= demanded);

    private static string Seen(Spread? seen, string format, string unit) => seen is { } spread ? Figures.Text(spread, format) + unit : "not measured";
}
