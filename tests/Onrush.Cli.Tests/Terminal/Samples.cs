using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal;

/// <summary>Snapshots as a run would give them, with made-up figures that are easy to recognise.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static ResponseTimes Times(long count, double min, double max) => new()
    {
        Count = count,
        MinMs = min,
        MaxMs = max,
        AverageMs = (min + max) / 2,
        Percentiles = [.. ResponseTimes.Ranks.Select(rank => min + (max - min) * rank)],
    };

    public static SeriesRow Row(string method, string name, long requests, long failures = 0, double min = 0.12, double max = 1234, string scenario = "") => new()
    {
        Scenario = scenario,
        Method = method,
        Name = name,
        Started = requests,
        Requests = requests,
        Failures = failures,
        All = Times(requests, min, max),
        Phases = new(
            ResponseTimes.None, ResponseTimes.None, ResponseTimes.None, ResponseTimes.None, ResponseTimes.None, ResponseTimes.None, ResponseTimes.None),
        CurrentRps = requests / 30.0,
        CurrentFailuresPerSecond = failures / 30.0,
        TotalRps = requests / 30.0,
        TotalFailuresPerSecond = failures / 30.0,
    };

    public static MetricRow Metric(string name, MetricKind kind, MetricUnit unit, long count, double min, double max) => new()
    {
        Name = name,
        Kind = kind,
        Unit = unit,
        Count = count,
        Min = min,
        Max = max,
        Average = (min + max) / 2,
        Percentiles = kind == MetricKind.Trend ? Times(count, min, max).Percentiles : [],
    };

    /// <summary>A run that went well.</summary>
    public static RunSnapshot Good() => RunSnapshot.Empty with
    {
        Phase = RunPhase.Stopped,
        StopReason = "The run time is over.",
        StartTime = Start,
        RunTime = TimeSpan.FromSeconds(30),
        TargetUsers = 1000,
        SpawnRate = 200,
        Users = 0,
        UsersStarted = 1000,
        Series = [Row("GET", "/hello", 29_700, min: 0.08, max: 9.94), Row("POST", "call coupon", 300, min: 3, max: 42)],
        Aggregated = Row("", RunSnapshot.AggregatedName, 30_000, min: 0.08, max: 42),
        Seconds = [new RunSecond { Users = 1000, Requests = 1000, Times = Times(1000, 0.1, 8), BusyPercent = 31 }],
        Generator = new GeneratorHealth { BusyPercent = 31, CurrentLagP99Ms = 0.21, Text = "Generator: at most 43 % busy, lag p99 0.21 ms; the figures are the target's." },
    };

    /// <summary>A run in which about everything went wrong that can.</summary>
    public static RunSnapshot Bad() => Good() with
    {
        StopReason = "Ctrl-C",
        RunTime = TimeSpan.FromSeconds(4205),
        UsersStarted = 900,
        UsersFailedOnStart = 100,
        Series =
        [
            Row("GET", "/ünïcode/päth", 1_234_567, failures: 12, min: 0.5, max: 60_000, scenario: "browse"),
            Row("GET", "/商品/詳細/🙂", 20, failures: 20, scenario: "browse") with { FromDue = Times(20, 4, 4700) },
            Row("DELETE", "/a/very/long/name/that/goes/on/and/on/" + new string('x', 80) + "/and/ends/here", 3, scenario: "peak"),
            Row("SQL", "insert\u001b[31m\ninjected", 0, scenario: "peak"),
        ],
        Aggregated = Row("", RunSnapshot.AggregatedName, 1_234_590, failures: 32, min: 0.12, max: 60_000) with
        {
            Started = 1_234_607, Cancelled = 17, FromDue = Times(20, 4, 4700),
        },
        Failures =
        [
            new("browse", "GET", "/ünïcode/päth", Outcome.ReadTimeout, "no response within 60 s", 12, Start, Start),
            new("browse", "GET", "/商品/詳細/🙂", Outcome.Status, "404 Not Found \u001b[2J" + new string('y', 150), 20, Start, Start),
        ],
        Exceptions =
        [
            new(
                "BrowseUser", "Buy", "System.InvalidOperationException", "no coupon left",
                "System.InvalidOperationException: no coupon left\n   at BrowseUser.Buy() in coupon.cs:line 12\n   at Onrush.Users.TaskLoop.Next()\n",
                3, Start, Start, ["local"]),
        ],
        Checks =
        [
            new("browse", "", "status is 200", 1_234_567, 0),
            new("browse", "::login::form", "has a token \u001b[31m", 19_999, 1),
            new("peak", "", "issued", 0, 12),
        ],
        Groups = [Metric("::login", MetricKind.Trend, MetricUnit.Milliseconds, 20_000, 8, 420)],
        Metrics =
        [
            Metric("body_size", MetricKind.Trend, MetricUnit.Bytes, 20_000, 12, 51_300_000),
            Metric("cache_hits", MetricKind.Rate, MetricUnit.None, 1000, 0, 1) with { Sum = 733, Rate = 0.733 },
            Metric("orders_placed", MetricKind.Counter, MetricUnit.None, 300, 1, 5) with { Sum = 1_234_567, Rate = 293.6 },
            Metric("queue_length", MetricKind.Gauge, MetricUnit.None, 60, -1, 12) with { Last = 3 },
            Metric("waiting_time", MetricKind.Trend, MetricUnit.Milliseconds, 300, 0.0125, 84.2),
        ],
        AllIterations = new("", 20, 3, Times(20, 1, 5), Times(20, 0, 12)),
        Warnings = ["More than 2,000 names: the others are counted as (other)."],
        Seconds =
        [
            new RunSecond { Users = 1000, Requests = 0, InFlight = 12, BusyPercent = 97, GeneratorBound = true },
        ],
        InFlight = 12,
        OldestRequest = TimeSpan.FromSeconds(4.7),
        Generator = new GeneratorHealth
        {
            BusyPercent = 97, CurrentLagP99Ms = 30, BoundSeconds = 9, Text = "Generator-bound in 9 of 4205 s: the true p99 is between 0.1 and 30 ms.",
        },
    };

    /// <summary>More rows than any screen has.</summary>
    public static RunSnapshot Many() => Good() with { Series = [.. Enumerable.Range(0, 200).Select(i => Row("GET", $"/page/{i:000}", i * 10))] };
}
