using System.Globalization;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>Three workers that are to begin as one and keep the schedule of one. The target is nginx: the server of the other tests takes nine tenths of a core for that load.</summary>
public sealed class FleetStartStudy(ITestOutputHelper output)
{
    // What counts as on time, as in bench/.
    private const long OnTimeNs = 1_000_000;

    private const string LoadTest = """
        using Onrush;

        public sealed class Caller : FastHttpUser
        {
            private static int s_begun;

            public override ValueTask OnStartAsync()
            {
                var now = DateTime.UtcNow.Ticks;
                if (Interlocked.Exchange(ref s_begun, 1) == 0)
                    _ = Task.Run(() => File.WriteAllText(Path.Combine("FOLDER", $"begun-{Environment.ProcessId}"), $"{now}"));
                return default;
            }

            [Task]
            public async Task Call() => await Client.GetAsync("/call");
        }

        public sealed class Plan : LoadTest
        {
            public override void Configure(LoadTestBuilder test) => test.Scenario<Caller>("all", user => user.Call, EXECUTOR);
        }
        """;

    [Fact(Explicit = true)]
    public async Task Study_of_3000_users_on_three_workers()
    {
        await using var target = await NginxServer.StartAsync();
        await using var fleet = new FleetRun { Target = target.Url };
        var run = await RunAsync(fleet, target, "Executor.PerUserIterations(users: 3000, iterations: 3)");

        run.UsersStarted.ShouldBe(3000);
        run.Scenarios.ShouldHaveSingleItem().Iterations.ShouldBe(9000);
        var begun = Directory.GetFiles(fleet.Folder.Path, "begun-*").Select(path => long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture)).ToArray();
        begun.Length.ShouldBe(3);
        var spread = TimeSpan.FromTicks(begun.Max() - begun.Min()).TotalMilliseconds;
        output.WriteLine($"3,000 users on three workers: 9,000 iterations as planned, the first users of the workers began within {spread:0.0} ms");
        spread.ShouldBeLessThan(20);
    }

    [Fact(Explicit = true)]
    public async Task Study_of_5000_arrivals_a_second_on_three_workers()
    {
        await using var target = await NginxServer.StartAsync();
        await using var fleet = new FleetRun { Target = target.Url };
        var run = await RunAsync(fleet, target, "Executor.ConstantArrivalRate(5000, duration: \"20s\", maxUsers: 3000)");

        var scenario = run.Scenarios.ShouldHaveSingleItem();
        (scenario.Offered, scenario.Iterations, scenario.Dropped).ShouldBe((100_000, 100_000, 0));
        var onTime = OnTime(fleet) / 100_000.0;
        var late = run.AllIterations.Lateness!;
        output.WriteLine($"5,000 arrivals a second on three workers: 100,000 iterations as planned, {onTime:0.000 %} begun within 1 ms of their time, p99.9 {late.Percentile(0.999):0.00} ms, {late.MaxMs:0.00} ms at most");
        onTime.ShouldBeGreaterThanOrEqualTo(0.999);
    }

    private static async Task<RunSnapshot> RunAsync(FleetRun fleet, NginxServer target, string executor)
    {
        // As many loops each as --processes 3 would give them here: more would only wait for each other.
        for (var i = 0; i < 3; i++)
            fleet.AddWorker("--loops", $"{Math.Max(1, Environment.ProcessorCount / 3)}");
        fleet.StartMaster(LoadTest.Replace("FOLDER", fleet.Folder.Path, StringComparison.Ordinal).Replace("EXECUTOR", executor, StringComparison.Ordinal), workers: 3);
        var run = await fleet.EndAsync();
        run.Aggregated.Failures.ShouldBe(0);
        run.Conservation.Errors.ShouldBeEmpty();
        run.Aggregated.Requests.ShouldBe(await target.RequestsAsync());
        return run;
    }

    private static long OnTime(FleetRun fleet)
    {
        var store = new RunFolders(Path.Combine(fleet.Folder.Path, ".onrush", "runs"), TimeProvider.System);
        using var journal = store.Open(store.List()[0]);
        var reader = new JournalReader(journal);
        long count = 0;
        while (reader.Next() is { } entry)
        {
            foreach (var iterations in (entry as ReportEntry)?.Report.Totals.Iterations.Values ?? [])
            {
                var lateness = iterations.Lateness;
                for (var i = 0; i < lateness.Buckets.Length && HistogramLayout.Midpoint(lateness.Buckets[i]) <= OnTimeNs; i++)
                    count += lateness.Counts[i];
            }
        }

        return count;
    }
}
