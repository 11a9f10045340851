using Onrush.Measurement;
using Onrush.Runs.Analysis;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>A made-up run of which it is known what is to be found in it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Scene">The run.</param>
/// <param name="First">The finding that has to stand first; null when there is to be none at all.</param>
internal sealed record LabelledCase(string Name, Scene Scene, string? First)
{
    /// <summary>Others that are true as well. Whatever is neither first nor here must not appear.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
}

/// <summary>The labelled runs.</summary>
internal static class LabelledCases
{
    private static readonly Scene NoWait = new() { Wait = (0, 0.001) };

    /// <summary>Where something is to be found.</summary>
    public static IReadOnlyList<LabelledCase> Ill { get; } =
    [
        new("200 threads at 0.5 s, ramp to 1,000", NoWait with { Users = 1000, SpawnRate = 25, Seconds = 60, ServiceMs = (_, _) => 500, Spread = 0.02, Width = 200 }, FindingKind.Saturation),
        new("200 threads at 0.5 s, 1,000 at once", NoWait with { Users = 1000, SpawnRate = 500, Seconds = 40, ServiceMs = (_, _) => 500, Spread = 0.02, Width = 200 }, FindingKind.Saturation),
        new("200 threads at 0.5 s, users wait 1 to 4 s", new() { Users = 3000, SpawnRate = 75, Seconds = 70, Wait = (1, 4), ServiceMs = (_, _) => 500, Spread = 0.02, Width = 200 }, FindingKind.Saturation),
        new("a pool of 3", NoWait with { Users = 60, SpawnRate = 2, Seconds = 60, ServiceMs = (_, _) => 20, Width = 3 }, FindingKind.Saturation),
        new("a pool of 3 with giving up", NoWait with { Users = 400, SpawnRate = 10, Seconds = 60, ServiceMs = (_, _) => 50, Width = 3, Timeout = 3 }, FindingKind.Saturation) { Also = [FindingKind.Errors] },
        new("one thread", NoWait with { Users = 40, SpawnRate = 1, Seconds = 60, ServiceMs = (_, _) => 10, Spread = 0.1, Width = 1 }, FindingKind.Saturation),
        new("one thread, connection each time", NoWait with { Users = 60, SpawnRate = 1.5, Seconds = 60, ServiceMs = (_, _) => 10, Spread = 0.1, Width = 1, ConnectEachTime = true }, FindingKind.Saturation),
        new("one thread, full backlog", NoWait with { Users = 300, SpawnRate = 8, Seconds = 60, ServiceMs = (_, _) => 10, Spread = 0.1, Width = 1, ConnectEachTime = true, Backlog = 64 }, FindingKind.Saturation) { Also = [FindingKind.AcceptQueue] },
        new("lock convoy", NoWait with { Users = 200, SpawnRate = 4, Seconds = 70, ServiceMs = (_, _) => 3, Spread = 0.2, Width = 1, Convoy = 0.01 }, FindingKind.Saturation),
        new("open load above the limit", new() { ArrivalRate = 120, Users = 2000, Seconds = 60, ServiceMs = (_, _) => 100, Width = 8 }, FindingKind.Saturation) { Also = [FindingKind.ArrivalsDropped, FindingKind.LittlesLaw] },
        new("8,192 connections in small", new() { Users = 600, SpawnRate = 30, Seconds = 50, Wait = (0.5, 1.5), Connections = 500 }, FindingKind.ConnectionLimit) { Also = [FindingKind.LittlesLaw] },
        new("connection limit, giving up after 10 s", new() { Users = 900, SpawnRate = 30, Seconds = 70, Wait = (0.5, 1.5), Connections = 512, Timeout = 10 }, FindingKind.ConnectionLimit) { Also = [FindingKind.LittlesLaw, FindingKind.Errors] },
        new("connection limit, giving up connecting and coming back", new() { Users = 900, SpawnRate = 100, Seconds = 50, Wait = (4, 6), Connections = 512, ConnectTimeout = 4 }, FindingKind.ConnectionLimit) { Also = [FindingKind.LittlesLaw, FindingKind.Errors] },
        new("connection limit that turns away", new() { Users = 400, SpawnRate = 10, Seconds = 60, Wait = (0.5, 1.5), Connections = 200, TurnsAway = true }, FindingKind.ConnectionLimit) { Also = [FindingKind.Errors] },
        new("full accept queue in bursts", new() { Users = 300, SpawnRate = 50, Seconds = 60, Wait = (0.5, 1.5), ServiceMs = (_, _) => 2.5, Spread = 0.5, Width = 1, ConnectEachTime = true, Backlog = 8 }, FindingKind.AcceptQueue) { Also = [FindingKind.Bimodal] },
        new("leak", new() { Users = 40, SpawnRate = 20, Seconds = 90, ServiceMs = (t, _) => 20 + t }, FindingKind.Drift),
        new("slow leak, no waits", NoWait with { Users = 20, SpawnRate = 20, Seconds = 120, ServiceMs = (t, _) => 15 + t / 8 }, FindingKind.Drift),
        new("pause of half a second every 10 s", new() { Users = 60, SpawnRate = 30, Seconds = 65, Frozen = t => t % 10 is > 9 and < 9.5 }, FindingKind.PeriodicPauses),
        new("pause of 2 s every 15 s", new() { Users = 60, SpawnRate = 30, Seconds = 90, Frozen = t => t % 15 is > 12.3 and < 14.3 }, FindingKind.PeriodicPauses) { Also = [FindingKind.Stall] },
        new("pause of 0.2 s every 5 s, no waits", NoWait with { Users = 20, SpawnRate = 20, Seconds = 60, Frozen = t => t % 5 is > 2.0 and < 2.2 }, FindingKind.PeriodicPauses),
        new("pause of 0.9 s every 10 s on a restless machine", new()
        {
            Users = 60, SpawnRate = 30, Seconds = 65, ServiceMs = (t, _) => (int)t * 7919 % 13 < 3 ? 45 : 5, Frozen = t => t % 10 is > 5 and < 5.9,
        }, FindingKind.PeriodicPauses),
        new("pause of 1 s every 10 s on a machine that others use", new()
        {
            Users = 40, SpawnRate = 40, Seconds = 55, ServiceMs = (t, _) => (int)t * 7919 % 13 < 5 ? 150 + (int)t * 31 % 200 : 2, Frozen = t => t % 10 is > 8 and < 9,
        }, FindingKind.PeriodicPauses) { Also = [FindingKind.Bimodal, FindingKind.Ramp, FindingKind.ColdStart, FindingKind.Stall] },
        new("one stall of 6 s", new() { Frozen = t => t is > 18.2 and < 24.2 }, FindingKind.Stall),
        new("stands still for good", new() { Frozen = t => t > 25 }, FindingKind.Stall) { Also = [FindingKind.LittlesLaw] },
        new("never answers", new() { Frozen = _ => true }, FindingKind.Stall),
        new("5 % errors", new() { Fails = (_, r) => r.Next(20) == 0 ? (Outcome.Status, 5) : null }, FindingKind.Errors),
        new("refused from the middle on", new() { Seconds = 60, Fails = (t, _) => t > 30 ? (Outcome.Refused, 0.5) : null }, FindingKind.Errors) { Also = [FindingKind.RetryStorm] },
        new("refused, and users that ask again at once", new() { Seconds = 60, Wait = (0, 0.001), Users = 10, ServiceMs = (_, _) => 100, Fails = (t, _) => t > 40 ? (Outcome.Refused, 2) : null }, FindingKind.Errors) { Also = [FindingKind.RetryStorm] },
        new("0.5 % resets", new() { Seconds = 60, Fails = (_, r) => r.Next(200) == 0 ? (Outcome.Reset, 3) : null }, FindingKind.Errors),
        new("generator too busy", new() { Users = 100, Busy = _ => 0.97 }, FindingKind.GeneratorBound),
        new("generator too busy and a slow target", NoWait with { Users = 60, SpawnRate = 2, Seconds = 60, ServiceMs = (_, _) => 20, Width = 3, Busy = t => t > 20 ? 0.95 : 0.3 }, FindingKind.GeneratorBound) { Also = [FindingKind.Saturation] },
        new("cold start", new() { Seconds = 60, SpawnRate = 50, ServiceMs = (t, _) => t < 4 ? 200 : 20 }, FindingKind.ColdStart) { Also = [FindingKind.Ramp] },
        new("slow handshakes, each time", new() { ConnectEachTime = true, ConnectMs = 2, TlsMs = 15, ServiceMs = (_, _) => 10 }, FindingKind.ConnectionSetUp),
        new("hits and misses", new() { Seconds = 60, ServiceMs = (_, r) => r.Next(5) == 0 ? 200 : 5 }, FindingKind.Bimodal),
        new("one slow worker of three", new() { Users = 90, Workers = 3, LastWorker = 4 }, FindingKind.WorkerDiffers) { Also = [FindingKind.Bimodal] },
        new("ends within the ramp", new() { Users = 1000, SpawnRate = 10, Seconds = 40 }, FindingKind.Ramp),
        new("waits that make the rate", new() { Users = 400, SpawnRate = 100, Seconds = 60, Wait = (5, 15), ServiceMs = (_, _) => 2 }, FindingKind.WaitCapsRate),
        new("a rate that waits do not allow", new()
        {
            Users = 20, Wait = (1, 3), Rules = [new RuleRow(RuleKind.Threshold, "http_reqs", "rate>100", false) { Value = 9.7, Found = "rate=9.7" }],
        }, FindingKind.WaitCapsRate),
        new("threshold without data", new() { Rules = [new RuleRow(RuleKind.Threshold, "http_req_duration{name:/typo}", "p(95)<500", false) { Found = "no data" }] }, FindingKind.NoData),
        new("redirects", new() { Status = r => r.Next(3) == 0 ? (short)302 : (short)200 }, FindingKind.Redirects),
        new("not modified", new() { Status = r => r.Next(3) > 0 ? (short)304 : (short)200 }, FindingKind.Caching),
        new("open load, too few users", new() { ArrivalRate = 100, Users = 8, Seconds = 40, ServiceMs = (_, _) => 100 }, FindingKind.ArrivalsDropped),
    ];

    /// <summary>Where nothing is to be found.</summary>
    public static IReadOnlyList<LabelledCase> Healthy { get; } =
    [
        new("plain", new(), null),
        new("long", new() { Seconds = 300 }, null),
        new("few users", new() { Users = 3, SpawnRate = 1 }, null),
        new("one user", new() { Users = 1, Wait = (0, 0.1) }, null),
        new("no waits", NoWait with { Users = 20, SpawnRate = 10 }, null),
        new("no waits, long ramp", NoWait with { Users = 40, SpawnRate = 1.5, Seconds = 60 }, null),
        new("long waits", new() { Users = 200, SpawnRate = 50, Wait = (1, 4), ServiceMs = (_, _) => 60, Seconds = 60 }, null),
        new("wide spread", new() { Spread = 1 }, null),
        new("very wide spread", new() { Spread = 1.6, Seconds = 60 }, null),
        new("fast", new() { ServiceMs = (_, _) => 0.3, Wait = (0.01, 0.03) }, null),
        new("slow", new() { ServiceMs = (_, _) => 2000, Users = 100, Seconds = 60 }, null),
        new("busy but wide enough", NoWait with { Users = 90, SpawnRate = 3, Seconds = 60, Width = 100 }, null),
        new("70 % used", new() { Users = 70, SpawnRate = 3, Seconds = 60, Wait = (0.06, 0.1), Width = 20, ServiceMs = (_, _) => 20 }, null),
        new("open load with room", new() { ArrivalRate = 50, Users = 100, Seconds = 60 }, null),
        new("open load, slow target with room", new() { ArrivalRate = 40, Users = 200, ServiceMs = (_, _) => 400, Width = 40, Seconds = 60 }, null),
        new("three endpoints of different speed", new() { Endpoints = [("/a", 1), ("/b", 5), ("/c", 30)], Seconds = 60 }, null),
        new("three workers", new() { Users = 90, Workers = 3 }, null),
        new("level that wanders", new() { Seconds = 120, ServiceMs = (t, _) => 20 * (1 + 0.3 * Math.Sin(t / 7)) }, null),
        new("slower for half a minute", new() { Seconds = 120, ServiceMs = (t, _) => t is > 50 and < 80 ? 28 : 20 }, null),
        new("connection each time, cheap", new() { ConnectEachTime = true }, null),
        new("a hiccup of 0.3 s", new() { Frozen = t => t is > 20 and < 20.3 }, null),
        new("rare slow requests", new() { Seconds = 60, ServiceMs = (_, r) => r.Next(100) == 0 ? 300 : 20 }, null),
        new("generator half busy", new() { Busy = _ => 0.5 }, null),
        new("steep ramp", new() { Users = 200, SpawnRate = 200 }, null),
    ];
}
