namespace Onrush.FunctionalTests.Findings;

/// <summary>A real target of which it is known what limits it, and the load that shows it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Project">The target.</param>
/// <param name="Switches">Its switches.</param>
/// <param name="Task">What each user does.</param>
/// <param name="Wait">What lies between two tasks, in seconds.</param>
/// <param name="Users">Users.</param>
/// <param name="SpawnRate">Users started per second.</param>
/// <param name="Seconds">Length of the run.</param>
/// <param name="Finding">What has to stand first.</param>
internal sealed record SickTarget(
    string Name, string Project, string Switches, string Task, double Wait, int Users, int SpawnRate, int Seconds, string Finding)
{
    private const string Get = """await Client.GetAsync("/", name: "page");""";
    private const string Call = """await Client.PostAsync("/api/v1/coupons/call/1", headers: [new("X-USER-ID", $"{Number * 1_000_000L + _calls}")], name: "call");""";

    /// <summary>All of them; the studies.</summary>
    public static IReadOnlyList<SickTarget> All { get; } =
    [
        new("200 threads at 0.5 s", "CouponService", "--store memory --threads 200 --delay-ms 500", Get, 0, 800, 40, 26, "saturation") { AtOnce = 5, Words = "about 200 requests at a time" },
        new("pool of 3", "CouponService", "--store memory --quantity 1000000 --db-pool 3 --db-delay-ms 20 --db-pool-wait-ms 60000", Call, 0, 60, 4, 21, "saturation") { AtOnce = 5, Words = "about 3 requests at a time" },
        new("8,192 connections", "CouponService", "--store memory --max-connections 8192 --accept-count 100", Get, 5, 9500, 1000, 28, "connection-limit") { Words = "8,192 connections" },
        new("single-threaded socket server", "SocketServers", "single --work-ms 5", Get, 0, 60, 4, 21, "saturation") { AtOnce = 5, Words = "one request at a time" },
        new("lock convoy", "CouponService", "--store memory --convoy-ms 3", Get, 0, 150, 8, 24, "saturation") { AtOnce = 5, Words = "get into each other's way" },
        new("leak", "CouponService", "--store memory --leak-bytes 1000 --leak-slows-us 20", Get, 0.3, 40, 40, 40, "drift") { AtOnce = 5, Words = "it goes on" },
        new("pause every 10 s", "CouponService", "--store memory --pause-every-ms 10000 --pause-ms 1000", Get, 0.2, 40, 40, 46, "periodic-pauses") { AtOnce = 5, Words = @"every (9|9\.[1-9]|10|10\.[1-9]) s" },
    ];

    /// <summary>Short ones, for every run of the tests.</summary>
    public static IReadOnlyList<SickTarget> Short { get; } =
    [
        new("40 threads at 0.2 s", "CouponService", "--store memory --threads 40 --delay-ms 200", Get, 0, 160, 10, 24, "saturation"),
        new("200 connections", "CouponService", "--store memory --max-connections 200 --accept-count 20", Get, 1, 260, 40, 16, "connection-limit"),
        new("pause every 4 s", "CouponService", "--store memory --pause-every-ms 4000 --pause-ms 500", Get, 0.2, 20, 20, 24, "periodic-pauses"),
    ];

    /// <summary>Runs of it that go on beside each other, each against a target of its own, where neither side needs much of the processor.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>A pattern of what its text has to say; counted, since a finding of the right kind may still name the wrong number.</summary>
    public string Words { get; init; } = "";

    /// <summary>The load test.</summary>
    public string LoadTest => $$"""
        using Onrush;

        public sealed class Visitor : FastHttpUser
        {
            private long _calls;

            protected override WaitTime WaitTime => WaitTime.Constant({{Wait.ToString(System.Globalization.CultureInfo.InvariantCulture)}});

            [Task]
            public async Task Visit()
            {
                _calls++;
                {{Task}}
            }
        }
        """;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
