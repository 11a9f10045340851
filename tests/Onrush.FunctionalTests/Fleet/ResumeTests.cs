using Onrush.FunctionalTests.Running;
using Onrush.Runs;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A master that is killed, and one that carries its run on: over HTTP, where the journal is all that is left.</summary>
public sealed class ResumeTests(ITestOutputHelper output)
{
    internal const string Hooked = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.2);

            [Task]
            public async Task Call() => await Client.GetAsync("/call");
        }

        public sealed class Hooks : LoadTest
        {
            public override Task OnTestStartingAsync() => Note("starting");

            public override Task OnTestStartedAsync() => Note("started");

            public override Task OnSpawningCompleteAsync(int users) => Note($"spawned {users}");

            public override Task OnTestStoppingAsync() => Note("stopping");

            public override Task OnTestStoppedAsync() => Note("stopped");

            public override Task OnTestEndAsync(RunSummary run) => Note("end");

            private static Task Note(string what)
            {
                File.AppendAllText("hooks.txt", what + "\n");
                return Task.CompletedTask;
            }
        }
        """;

    [Fact]
    public Task A_killed_master_is_carried_on_and_not_one_number_is_lost() => KillAsync(1, seed: 1);

    /// <summary>Workers have their orders a second before the instant, so they begin whether there is a master or not.</summary>
    [Fact]
    public async Task A_master_that_is_killed_before_it_told_the_start_is_carried_on()
    {
        await using var fleet = new FleetRun();
        fleet.AddWorker();
        fleet.StartMaster(Hooked, workers: 1, "-u", "20", "-r", "20", "--stop-timeout", "10");
        await UntilAsync(() => FleetTests.FirstOrders(fleet) is not null, "the orders are given");
        fleet.Master.Send(Signal.Kill);
        await fleet.Master.ExitAsync();
        var wasTold = fleet.Journal().Snapshot().StartTime is not null;
        await UntilAsync(() => fleet.Server.Counts.Answered > 100, "the users begin without a master");
        fleet.Restart("--resume", "latest");
        var missed = fleet.Server.Counts.Answered;
        await fleet.UntilAsync(now => now.Users == 20 && now.Aggregated.Requests > missed, "all that was measured meanwhile has come");
        fleet.Master.Send(Signal.Interrupt);
        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.UsersStarted.ShouldBe(20);
        run.Conservation.Errors.ShouldBeEmpty();

        // On a machine that was so slow that the start had been told, this is the kill that other tests have.
        if (!wasTold)
            File.ReadAllLines(Path.Combine(fleet.Folder.Path, "hooks.txt")).Take(2).ShouldBe(["starting", "started"]);
    }

    [Fact(Explicit = true)]
    public Task Study_of_a_master_that_is_killed_20_times() => KillAsync(20, seed: 2);

    [Fact]
    public async Task A_master_that_is_killed_between_the_end_of_the_load_and_the_verdict_is_followed_by_one_that_judges()
    {
        await using var fleet = new FleetRun();
        fleet.AddWorker();
        await EndingRun.HoldAsync(fleet, "end", "-u", "20", "-r", "20");
        fleet.Master.Send(Signal.Kill);
        await fleet.Master.ExitAsync();
        fleet.Journal().Verdict.ShouldBeNull();
        EndingRun.LetGo(fleet);

        fleet.Restart("--resume", "latest", "--json-file", "run.json");

        await EndingRun.ShouldBeJudgedAsync(fleet);
        EndingRun.Hooks(fleet).ShouldBe(["end", "end"]);
        File.Exists(Path.Combine(fleet.Folder.Path, "run.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_cannot_be_carried_on_is_refused_in_one_line()
    {
        await using var fleet = new FleetRun();
        fleet.Folder.Write("loadtest.cs", Hooked);
        string[] all = ["-f", "loadtest.cs", "-H", fleet.Server.Url.AbsoluteUri.TrimEnd('/'), "--headless"];
        await RefusedAsync(["--resume", "latest"], "--resume goes with --master");
        await RefusedAsync(["--master", "--resume", "latest"], "there are no runs here");

        await using (var alone = OnrushCommand.Start(fleet.Folder, [.. all, "-u", "2"]))
        {
            await fleet.UntilAsync(run => run.Aggregated.Requests > 0, "a run in one process goes on");
            await RefusedAsync(["--master", "--resume", "latest"], "goes on: its master has not ended");
            alone.Send(Signal.Kill);
            await alone.ExitAsync();
        }

        await RefusedAsync(["--master", "--resume", "latest"], "had no workers of other processes");
        fleet.AddWorker();
        await fleet.StartMaster(Hooked, workers: 1, "-u", "2")
            .NextLineAsync(line => line.Contains("keeping this run as", StringComparison.Ordinal), "it is kept", TimeSpan.FromMinutes(1));
        await fleet.UntilAsync(run => run.Users == 2, "a run with a worker goes on");
        fleet.Master.Send(Signal.Kill);
        await fleet.Master.ExitAsync();
        fleet.Folder.Write("loadtest.cs", Hooked.Replace("0.2", "0.3", StringComparison.Ordinal));
        await RefusedAsync(["--master", "--resume", "latest"], "is not the same: give the same load test by -f");
        fleet.Folder.Write("loadtest.cs", Hooked);
        fleet.Restart("--resume", "latest");
        await fleet.Master.NextLineAsync(line => line.Contains("carrying on run", StringComparison.Ordinal), "it is carried on");
        fleet.Master.Send(Signal.Interrupt);
        await fleet.EndAsync();
        await RefusedAsync(["--master", "--resume", "latest"], "has ended: 'onrush report");

        async Task RefusedAsync(string[] more, string why)
        {
            var run = await OnrushCommand.RunAsync(fleet.Folder, [.. all, "--master-bind-port", "0", .. more]);
            run.ExitCode.ShouldBe(104, run.Everything);
            run.Errors.ShouldContain(why);
            run.ShouldShowNoStackTrace();
        }
    }

    private async Task KillAsync(int kills, int seed)
    {
        var random = new Random(seed);
        await using var fleet = new FleetRun();
        for (var i = 0; i < 3; i++)
            fleet.AddWorker();
        fleet.StartMaster(Hooked, workers: 3, "-u", "60", "-r", "60", "--stop-timeout", "10", "--threshold", "http_reqs: count>100");
        await fleet.UntilAsync(run => run is { Users: 60, Aggregated.Requests: > 100 }, "all users run");
        await UntilAsync(() => Hooks().Contains("spawned 60"), "the load test is told");
        for (var kill = 1; kill <= kills; kill++)
        {
            await Task.Delay(random.Next(1000), TestContext.Current.CancellationToken);
            fleet.Master.Send(Signal.Kill);
            await fleet.Master.ExitAsync();
            var counted = fleet.Server.Counts.Answered;
            await UntilAsync(() => fleet.Server.Counts.Answered > counted + 60, "the users go on without a master");
            var missed = fleet.Server.Counts.Answered;
            fleet.Restart("--resume", "latest", "--json-file", "run.json");
            await fleet.UntilAsync(run => run.Users == 60 && run.Aggregated.Requests > missed, "all that was measured meanwhile has come");
            output.WriteLine($"kill {kill}: at {counted} requests; {missed - counted} were answered without a master");
        }

        fleet.Master.Send(Signal.Interrupt);
        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.UsersStarted.ShouldBe(60);
        run.Conservation.Errors.ShouldBeEmpty();
        run.Rules.ShouldHaveSingleItem().Passed.ShouldBe(true);
        run.Workers.Select(worker => worker.Standing!.Condition).ShouldBe(Enumerable.Repeat(WorkerCondition.Done, 3));
        fleet.Master.Output.ShouldContain("Aggregated");
        Hooks().ShouldBe(["starting", "started", "spawned 60", "stopping", "stopped", "end"]);
        fleet.Journal().Problems.ShouldBeEmpty();

        string[] Hooks() => File.ReadAllLines(Path.Combine(fleet.Folder.Path, "hooks.txt"));
    }

    private static async Task UntilAsync(Func<bool> fits, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!fits())
        {
            deadline.IsCancellationRequested.ShouldBeFalse($"it did not come to this: {what}");
            await Task.Delay(50);
        }
    }
}
