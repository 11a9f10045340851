using Onrush.FunctionalTests.Running;
using Onrush.Runs;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A course of users that stands on the command line, on several workers.</summary>
public sealed class FleetProfileTests
{
    [Fact]
    public async Task A_profile_has_its_users_on_all_workers_together()
    {
        await using var fleet = new FleetRun();
        for (var i = 0; i < 2; i++)
            fleet.AddWorker();
        fleet.StartMaster(FleetTests.Steady, workers: 2, "--profile", "spike:users=60,base=10,time=10s", "--stop-timeout", "10");
        var most = 0;
        await fleet.UntilAsync(run => (most = Math.Max(most, run.Users)) == 60 && run.Workers.Count(worker => worker.Users > 15) == 2, "all users of the spike run, on both");
        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.Conservation.Errors.ShouldBeEmpty();
        run.UsersStarted.ShouldBe(60);
        run.Workers.ShouldAllBe(worker => worker.Requests > 0 && worker.Standing!.Condition == WorkerCondition.Done);
        run.Scenarios.ShouldHaveSingleItem().Executor.ShouldContain("ramping");
        most.ShouldBe(60);
    }
}
