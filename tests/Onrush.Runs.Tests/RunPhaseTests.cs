using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class RunPhaseTests
{
    [Theory]
    [InlineData(RunPhase.Ready, false, RunPhase.Ready)]
    [InlineData(RunPhase.Running, true, RunPhase.Spawning)]
    [InlineData(RunPhase.Running, false, RunPhase.Running)]
    [InlineData(RunPhase.Spawning, true, RunPhase.Spawning)]
    [InlineData(RunPhase.Spawning, false, RunPhase.Running)]
    [InlineData(RunPhase.Stopping, true, RunPhase.Stopping)]
    [InlineData(RunPhase.Stopping, false, RunPhase.Stopping)]
    [InlineData(RunPhase.Stopped, true, RunPhase.Stopped)]
    public void The_phase_follows_the_last_change_and_the_spawning_of_the_workers(RunPhase changedTo, bool spawning, RunPhase shown)
    {
        var state = Fold.Of(new FakeWorker { Spawning = spawning }.Report());
        state.Apply(new RunChange(FakeWorker.StartUnixMs + 500, changedTo, 10, 5));
        state.At(1).Phase.ShouldBe(shown);
    }

    [Fact]
    public void A_started_run_spawns_until_the_first_report_says_otherwise() =>
        Fold.Begun().At(0.2).Phase.ShouldBe(RunPhase.Spawning);

    [Fact]
    public void The_later_change_holds_whatever_the_order()
    {
        var state = Fold.Begun();
        state.Apply(new RunChange(FakeWorker.StartUnixMs + 2000, RunPhase.Running, 50, 7));
        state.Apply(new RunChange(FakeWorker.StartUnixMs + 1000, RunPhase.Running, 20, 1));
        var snapshot = state.At(3);
        (snapshot.TargetUsers, snapshot.SpawnRate).ShouldBe((50, 7));
        snapshot.StartTime.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(FakeWorker.StartUnixMs));
    }

    [Fact]
    public void The_run_time_stands_still_after_the_end()
    {
        var state = Fold.Of(new FakeWorker().Requests(10).Report()).Stopped(2, "time is up");
        var snapshot = state.At(60);
        (snapshot.RunTime, snapshot.StopReason).ShouldBe((TimeSpan.FromSeconds(2), "time is up"));
        snapshot.Aggregated.TotalRps.ShouldBe(5);
    }

    [Fact]
    public void Users_are_those_of_the_last_report_of_each_worker()
    {
        var (a, b) = (new FakeWorker("a") { Users = 3 }, new FakeWorker("b") { Users = 4 });
        var state = Fold.Of(a.Report(), b.Report());
        state.At(1).UsersByClass.ShouldBe(new Dictionary<string, int> { ["HelloUser"] = 7 });
        a.Users = 10;
        state.Apply(a.Report());
        state.At(2).Users.ShouldBe(14);
    }

    [Fact]
    public void A_worker_that_fell_silent_is_named_and_its_users_do_not_count()
    {
        var (a, b) = (new FakeWorker("a") { Users = 3 }, new FakeWorker("b") { Users = 4 });
        var state = Fold.Of(a.Report(), b.Report());
        for (int i = 0; i < 6; i++)
            state.Apply(a.Report());
        var snapshot = state.At(7);
        snapshot.Users.ShouldBe(3);
        snapshot.Warnings.ShouldBe(["Worker b has not reported for 6 s."]);
        state.Stopped(7).At(60).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_run_in_which_nobody_got_past_the_start_says_so()
    {
        var worker = new FakeWorker();
        worker.Recorder.UserStarted(false);
        worker.Recorder.UserStarted(false);
        var state = Fold.Of(worker.Report());
        var snapshot = state.At(1);
        (snapshot.UsersStarted, snapshot.UsersFailedOnStart).ShouldBe((0, 2));
        snapshot.Warnings.Single().ShouldContain("OnStartAsync");
        worker.Recorder.UserStarted(true);
        state.Apply(worker.Report());
        state.At(2).Warnings.ShouldBeEmpty();
    }
}
