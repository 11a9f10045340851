using Onrush.Runs;
using System.Collections.Concurrent;
using Onrush.Engine;

namespace Onrush.Cluster.Tests;

public sealed class OneProcessTests
{
    public static MatrixTheoryData<Transport, string, int> Ends => new(
        OperatingSystem.IsLinux() ? [Transport.Epoll, Transport.Portable] : [Transport.Portable], ["time", "stop", "abort"], [0, 5]);

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Every_request_is_counted_as_the_target_counts_it(Transport transport, string end, int stopTimeout)
    {
        var options = new RunOptions
        {
            Users = 40,
            SpawnRate = 40,
            RunTime = end == "time" ? TimeSpan.FromSeconds(1.5) : null,
            StopTimeout = TimeSpan.FromSeconds(stopTimeout),
        };
        await using var harness = new RunHarness(transport, options, typeof(Hitter)).Start();
        await harness.UntilAsync(s => s.Aggregated.Requests > 0);
        if (end == "stop")
            harness.Run.Stop("enough");
        else if (end == "abort")
            harness.Run.Abort("enough");

        var snapshot = await harness.EndAsync();

        var row = snapshot.Aggregated;
        row.Requests.ShouldBeGreaterThan(0);
        row.Failures.ShouldBe(0);
        var counts = harness.Server.Counts;
        if (end == "abort")
        {
            counts.Received.ShouldBeInRange(row.Requests, row.Requests + row.Cancelled);
        }
        else
        {
            row.Cancelled.ShouldBe(0);
            counts.Answered.ShouldBe(row.Requests);
        }
    }

    /// <summary>Each report that is folded brings another one: there is always one more to fold.</summary>
    [Fact]
    public async Task A_master_that_cannot_keep_up_with_reports_shows_the_run_and_carries_out_commands()
    {
        await using var harness = new RunHarness(Transport.Portable, new RunOptions { Users = 1 }, typeof(Hitter)).Start();
        await harness.UntilAsync(s => s.Aggregated.Requests > 0);
        var (more, number) = (true, 1_000_000L);
        harness.Run.ReportFolded += _ =>
        {
            if (Volatile.Read(ref more))
                harness.Run.Take(0, Records.Status(OneProcess.Worker, Interlocked.Increment(ref number)));
        };

        var before = harness.Seen.Count;
        try
        {
            await harness.UntilAsync(_ => Interlocked.Read(ref number) > 1_001_000 && harness.Seen.Count > before + 2);
            harness.Run.ChangeUsers(2, 1);
            await harness.UntilAsync(s => s.TargetUsers == 2);
        }
        finally
        {
            Volatile.Write(ref more, false);
        }
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task Users_come_and_go_as_they_are_asked_to_and_no_number_comes_twice(Transport transport)
    {
        Numbered.Numbers.Clear();
        await using var harness = new RunHarness(transport, new RunOptions { Users = 10, SpawnRate = 100 }, typeof(Numbered)).Start();
        await harness.UntilAsync(s => s.Users == 10);
        harness.Run.ChangeUsers(25, 100);
        await harness.UntilAsync(s => s.Users == 25);
        harness.Run.ChangeUsers(5, 1000);
        await harness.UntilAsync(s => s.Users == 5);
        harness.Run.ChangeUsers(8, 1000);
        await harness.UntilAsync(s => s.Users == 8);
        harness.Run.Stop("enough");

        var snapshot = await harness.EndAsync();

        snapshot.UsersStarted.ShouldBe(28);
        Numbered.Numbers.Order().ShouldBe(Enumerable.Range(1, 28).Select(n => (long)n));
        harness.Server.Counts.Answered.ShouldBe(snapshot.Aggregated.Requests);
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task Users_are_started_evenly_inside_a_second(Transport transport)
    {
        Starter.Starts.Clear();
        await using var harness = new RunHarness(transport, new RunOptions { Users = 20, SpawnRate = 20 }, typeof(Starter)).Start();
        await harness.UntilAsync(s => s.UsersStarted == 20);

        var starts = Starter.Starts.OrderBy(s => s.Number).Select(s => s.AtNs / 1e6).ToArray();
        var lateness = starts.Select((at, k) => at - starts[0] - k * 50).ToArray();

        // A busy machine may delay a few; one that starts a second's worth at once shows in most.
        lateness.Min().ShouldBeGreaterThan(-30);
        lateness.Order().ElementAt(10).ShouldBeLessThan(30);
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task A_run_whose_users_all_end_by_themselves_ends(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 5, SpawnRate = 100 }, typeof(Once)).Start();

        var snapshot = await harness.EndAsync();

        snapshot.StopReason.ShouldBe("Every user has ended.");
        snapshot.Aggregated.Requests.ShouldBe(5);
        harness.Server.Counts.Answered.ShouldBe(5);
        snapshot.Exceptions.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task Users_that_fail_to_start_are_counted_and_named(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 7, SpawnRate = 100 }, typeof(Stillborn)).Start();

        var snapshot = await harness.EndAsync();

        snapshot.UsersStarted.ShouldBe(0);
        snapshot.UsersFailedOnStart.ShouldBe(7);
        var exception = snapshot.Exceptions.ShouldHaveSingleItem();
        exception.Count.ShouldBe(7);
        exception.Task.ShouldBe("OnStartAsync");
        exception.Message.ShouldBe("no login today");
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task A_user_may_stop_the_whole_test(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 10, SpawnRate = 100 }, typeof(Stopper)).Start();

        var snapshot = await harness.EndAsync();

        snapshot.StopReason.ShouldBe("sold out");
        harness.Server.Counts.Answered.ShouldBe(snapshot.Aggregated.Requests);
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task A_shape_changes_its_mind_during_a_slow_ramp_and_is_followed_at_once(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions(), typeof(Hitter), typeof(Fickle)).Start();

        var snapshot = await harness.EndAsync();

        // Two users a second towards 1,000; after two seconds 30 at once; then 3; then the end.
        snapshot.StopReason.ShouldBe("The load shape is over.");
        var users = harness.Seen.Select(s => s.Users).ToArray();
        users[0].ShouldBeInRange(2, 3);
        users.Max().ShouldBe(30);
        users.ShouldContain(3);
        harness.Server.Counts.Answered.ShouldBe(snapshot.Aggregated.Requests);
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task A_frozen_target_shows_no_requests_and_ever_older_ones_in_flight(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 12, SpawnRate = 1000 }, typeof(Hitter)).Start();
        await harness.UntilAsync(s => s.Aggregated.CurrentRps > 0);
        harness.Server.Freezer.Freeze();

        var first = await harness.UntilAsync(s => s is { InFlight: 12, Aggregated.CurrentRps: 0 } && s.OldestRequest > TimeSpan.FromSeconds(1));
        var second = await harness.UntilAsync(s => s.OldestRequest > first.OldestRequest + TimeSpan.FromSeconds(0.8));
        second.InFlight.ShouldBe(12);
        second.Aggregated.CurrentRps.ShouldBe(0);

        harness.Server.Freezer.Thaw();
        await harness.UntilAsync(s => s.Aggregated.CurrentRps > 0);
        harness.Run.Stop("enough");
        var snapshot = await harness.EndAsync();
        harness.Server.Counts.Answered.ShouldBe(snapshot.Aggregated.Requests);
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task Times_from_the_due_start_tell_the_length_of_a_freeze(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 10, SpawnRate = 1000 }, typeof(Scheduled)).Start();
        await harness.UntilAsync(s => s.Aggregated.Requests > 50);
        var startNs = MonotonicClock.Now;
        harness.Server.Freezer.Freeze();
        await harness.UntilAsync(s => s.OldestRequest > TimeSpan.FromSeconds(1.5));
        harness.Server.Freezer.Thaw();
        var frozenMs = (MonotonicClock.Now - startNs) / 1e6;
        await harness.UntilAsync(s => s.RunTime > TimeSpan.FromSeconds(5));
        harness.Run.Stop("enough");

        var snapshot = await harness.EndAsync();

        // Starts are due evenly, so the hundredth with the longest times was due in the first hundredth of the run after the freeze began.
        var expected = frozenMs - snapshot.RunTime.TotalMilliseconds / 100;
        snapshot.Aggregated.FromDue!.Percentile(0.99).ShouldBeInRange(expected * 0.9, expected * 1.1);
        snapshot.Aggregated.All.Percentile(0.9).ShouldBeLessThan(frozenMs / 2);
    }

    [Theory]
    [MemberData(nameof(RunHarness.Transports), MemberType = typeof(RunHarness))]
    public async Task Operations_and_judgements_that_take_a_while_are_under_way_and_not_lost(Transport transport)
    {
        await using var harness = new RunHarness(transport, new RunOptions { Users = 4, SpawnRate = 1000 }, typeof(Slowcoach)).Start();
        await harness.UntilAsync(s => s.RunTime > TimeSpan.FromSeconds(2.5));
        harness.Seen.ShouldContain(s => s.InFlight > 0);
        harness.Run.Stop("enough");

        var snapshot = await harness.EndAsync();

        snapshot.Series.Count.ShouldBe(2);
    }

    public class Hitter : FastHttpUser
    {
        protected override WaitTime WaitTime => WaitTime.Constant(0.005);

        [Task]
        public async Task Hit() => await Client.GetAsync("/hit?ms=3", name: "hit");
    }

    public sealed class Numbered : Hitter
    {
        public static ConcurrentBag<long> Numbers { get; } = [];

        public override ValueTask OnStartAsync()
        {
            Numbers.Add(Number);
            return default;
        }
    }

    public sealed class Starter : Hitter
    {
        public static ConcurrentBag<(long Number, long AtNs)> Starts { get; } = [];

        public override ValueTask OnStartAsync()
        {
            Starts.Add((Number, MonotonicClock.Now));
            return default;
        }
    }

    public sealed class Once : FastHttpUser
    {
        [Task]
        public async Task Hit()
        {
            await Client.GetAsync("/once");
            StopUser();
        }
    }

    public sealed class Stillborn : Hitter
    {
        public override ValueTask OnStartAsync() => throw new InvalidOperationException("no login today");
    }

    public sealed class Stopper : FastHttpUser
    {
        [Task]
        public async Task Hit()
        {
            await Client.GetAsync("/stopper");
            StopTest("sold out");
        }
    }

    public sealed class Scheduled : FastHttpUser
    {
        protected override WaitTime WaitTime => WaitTime.ConstantThroughput(20);

        [Task]
        public async Task Hit() => await Client.GetAsync("/hit", name: "hit");
    }

    public sealed class Slowcoach : FastHttpUser
    {
        [Task]
        public async Task Measure() => await MeasureAsync("SQL", "slow", () => Task.Delay(700));

        [Task]
        public async Task Judge()
        {
            using var response = await Client.GetAsync("/judged", catchResponse: true);
            await Task.Delay(700);
            response.Success();
        }
    }

    public sealed class Fickle : LoadShape
    {
        public override ShapeTick? Tick() => RunTime.TotalSeconds switch
        {
            < 1.9 => (1000, 2),
            < 3.9 => (30, 1000),
            < 4.9 => (3, 1000),
            _ => null,
        };
    }
}
