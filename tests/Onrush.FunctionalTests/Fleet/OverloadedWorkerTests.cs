using Onrush.FunctionalTests.Running;
using Onrush.Runs;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A worker on a machine that cannot keep up, beside one that can.</summary>
public sealed class OverloadedWorkerTests
{
    // One user after the other holds up the loop: ten of them are more than it can do in a second.
    private const string SlowInPlaces = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            private static readonly bool IsSlow = Environment.GetEnvironmentVariable("TEST_SLOW") is not null;

            protected override WaitTime WaitTime => WaitTime.Constant(0.05);

            [Task]
            public async Task Call()
            {
                await Client.GetAsync("/call");
                if (IsSlow)
                    Thread.Sleep(15);
            }
        }
        """;

    [Fact]
    public async Task Its_users_go_to_one_that_has_room_and_every_request_is_counted_once()
    {
        await using var fleet = new FleetRun();
        fleet.AddWorker(new Dictionary<string, string> { ["TEST_SLOW"] = "1" }, "--loops", "1");
        fleet.AddWorker("--loops", "1");
        fleet.StartMaster(SlowInPlaces, workers: 2, "-u", "40", "-r", "40", "--stop-timeout", "5", "--worker-overloaded", "2");

        var line = await fleet.Master.NextLineAsync(text => text.Contains("was overloaded for 2 s", StringComparison.Ordinal), "the master notices", TimeSpan.FromMinutes(2));
        line.ShouldContain("25% of its users go to them");
        await fleet.UntilAsync(run => run.Users == 40 && run.Workers.Any(w => w.Users is > 0 and < 18) && run.Workers.Any(w => w.Users > 22), "the other has some of its users");
        fleet.Master.Send(Signal.Interrupt);

        var run = await fleet.EndAsync();
        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Conservation.Errors.ShouldBeEmpty();
        run.Workers.Single(w => w.SharePercent is not null).SharePercent!.Value.ShouldBeInRange(20, 76);
        run.Course.Marks.ShouldContain(mark => mark.Text.Contains("was overloaded", StringComparison.Ordinal));
    }
}
