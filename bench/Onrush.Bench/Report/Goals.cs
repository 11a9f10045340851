using Onrush.Bench.Generators;
using Onrush.Bench.Measuring;

namespace Onrush.Bench.Report;

/// <summary>What the engine set out to reach: the least that a release may have, and the aim.</summary>
/// <param name="What">The figure.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Aim">The aim.</param>
/// <param name="Measured">What was measured; null when it was not.</param>
/// <param name="Reached">"aim", "minimum", "missed", or why there is no figure.</param>
internal sealed record Goal(string What, string Minimum, string Aim, string? Measured, string Reached);

/// <summary>Sets results beside the goals.</summary>
internal static class Goals
{
    private const string NotInstallable = "not measured: neither Debian nor npm has it";

    public static IEnumerable<Goal> Of(Results results)
    {
        yield return AtLeast("requests per CPU-second against wrk, nginx, 50 connections", Ratio(results, "plain50", AllGenerators.Fast), 0.90, 1.05, "0.00", "x");
        yield return AtLeast("the same, 1,000 connections", Ratio(results, "plain1000", AllGenerators.Fast), 0.90, 1.05, "0.00", "x");
        yield return AtLeast("portable transport, 50 connections", Ratio(results, "plain50", AllGenerators.Portable), 0.75, 0.90, "0.00", "x");
        yield return AtLeast("against the floor in C, 50 connections", Against(results, AllGenerators.Floor), 0.75, 0.90, "0.00", "");
        yield return AtLeast("against tuned HttpClient, 50 connections", Against(results, AllGenerators.HttpClient), 1.8, 2.2, "0.00", "x");
        yield return new Goal("against k6", "4x", "6x", null, NotInstallable);
        yield return new Goal("against Locust FastHttpUser / HttpUser", "8x / 40x", "10x / 50x", null, NotInstallable);
        yield return AtLeast("HTTPS against wrk, 50 connections", Ratio(results, "tls50", AllGenerators.Fast), 0.90, 1.05, "0.00", "x");
        yield return AtMost("bytes allocated per request, body discarded", Allocated(results, "plain50"), 16, 1, "0.0", " B");
        yield return AtMost("the same with TLS", Allocated(results, "tls50"), 160, 16, "0.0", " B");
        yield return AtMost("memory per user with an idle connection, 10,000 users", results.Users?.KilobytesPerUser, 6, 3, "0.00", " KB");
        yield return AtMost("peak RSS, 10,000 users with connections", Users(results, round => round.PeakMegabytes), 120, 70, "0.0", " MB");
        yield return AtMost("peak RSS, 1,000,000 idle users", results.Users?.MillionMegabytes, 1500, 800, "0", " MB");
        yield return AtMost("10,000 users connected and answered after", Users(results, round => round.AtOnceSeconds), 2, 1, "0.00", " s");
        yield return AtMost("lateness of a wait, p99, generator below 50 % busy", Users(results, round => round.Scheduled.CanaryP99Ms), 3, 1.5, "0.000", " ms");
        foreach (var rate in (int[])[20_000, 50_000])
        {
            var run = results.Arrivals?.Runs.FirstOrDefault(sample => sample.Rate == rate);
            yield return AtLeast(FormattableString.Invariant($"{rate:#,0} arrivals per second: done"), run is null ? null : 100.0 * run.Run.Done / run.Run.Offered, 99.9, 99.99, "0.000", " %");
            yield return AtMost(FormattableString.Invariant($"{rate:#,0} arrivals per second: lateness p99"), run?.Run.LatenessP99Ms, 2, 0.5, "0.000", " ms");
        }
        yield return AtMost("cost of measuring, of the CPU time of a request", results.MeasuringCostPercent, 10, 5, "0.0", " %");
        var off = results.Bound is { Rounds.Count: > 0 } bound ? Math.Abs(Spread.Of(bound.Rounds.Select(round => round.SteadyRatio)).Median - 1) * 100 : (double?)null;
        yield return AtMost("p50 of a saturated generator: off from what wrk -c1 sees meanwhile", off, 20, 20, "0", " %");
    }

    private static double? Ratio(Results results, string bundle, string generator) => results.Find(bundle)?.Find(generator)?.Spread(sample => sample.Ratio).Median;

    private static double? Against(Results results, string other) => Ratio(results, "plain50", AllGenerators.Fast) / Ratio(results, "plain50", other);

    private static double? Allocated(Results results, string bundle) => results.Find(bundle)?.Find(AllGenerators.Lean)?.Allocated?.Median;

    private static double? Users(Results results, Func<UsersSample, double> figure) =>
        results.Users is { Rounds.Count: > 0 } users ? Spread.Of(users.Rounds.Select(figure)).Median : null;

    private static Goal AtLeast(string what, double? seen, double minimum, double aim, string format, string unit) =>
        Of(what, "at least ", seen, minimum, aim, format, unit, seen >= minimum, seen >= aim);

    private static Goal AtMost(string what, double? seen, double minimum, double aim, string format, string unit) =>
        Of(what, "at most ", seen, minimum, aim, format, unit, seen <= minimum, seen <= aim);

    private static Goal Of(string what, string bound, double? seen, double minimum, double aim, string format, string unit, bool isEnough, bool isAim) => new(
        what,
        bound + Figures.Text(minimum, format) + unit,
        bound + Figures.Text(aim, format) + unit,
        seen is { } value ? Figures.Text(value, format) + unit : null,
        seen is null ? "not measured" : isAim ? "aim" : isEnough ? "minimum" : "MISSED");
}
