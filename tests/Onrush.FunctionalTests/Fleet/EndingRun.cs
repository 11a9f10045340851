using Onrush.FunctionalTests.Running;
using Onrush.Runs;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A run whose master can be held up between the end of the load and the verdict: by its own load test.</summary>
internal static class EndingRun
{
    public const string LoadTest = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.2);

            [Task]
            public async Task Call() => await Client.GetAsync("/call");
        }

        public sealed class Held : LoadTest
        {
            public override async Task OnTestEndAsync(RunSummary run)
            {
                File.AppendAllText("hooks.txt", "end\n");
                while (File.Exists("hold-end"))
                    await Task.Delay(50);
            }

            public override IReadOnlyDictionary<string, string>? Summarize(RunSummary run)
            {
                File.WriteAllText("summarizing.txt", "");
                while (File.Exists("hold-summary"))
                    Thread.Sleep(50);
                return null;
            }
        }
        """;

    /// <summary>Starts a run, ends its load, and comes back when its master is at the place where it is held.</summary>
    public static Task HoldAsync(FleetRun fleet, string where, params string[] options) => HoldAsync(fleet, where, () => Task.CompletedTask, options);

    /// <inheritdoc cref="HoldAsync(FleetRun, string, string[])"/>
    public static async Task HoldAsync(FleetRun fleet, string where, Func<Task> whenItRuns, params string[] options)
    {
        fleet.Folder.Write($"hold-{where}", "");
        fleet.StartMaster(LoadTest, workers: 1, [.. options, "--threshold", "http_reqs: count>10"]);
        await fleet.UntilAsync(run => run is { Users: 20, Aggregated.Requests: > 100 }, "all users run");
        await whenItRuns();
        fleet.Master.Send(Signal.Interrupt);
        await fleet.UntilAsync(run => run.Phase == RunPhase.Stopped, "the load has ended");
        if (where == "end")
            await fleet.UntilAsync(_ => Hooks(fleet).Length > 0, "the load test is asked");
        else
            await fleet.UntilAsync(_ => File.Exists(Path.Combine(fleet.Folder.Path, "summarizing.txt")), "the files are made");
    }

    public static void LetGo(FleetRun fleet)
    {
        foreach (var path in Directory.EnumerateFiles(fleet.Folder.Path, "hold-*"))
            File.Delete(path);
    }

    public static async Task ShouldBeJudgedAsync(FleetRun fleet)
    {
        var run = await fleet.EndAsync();
        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Conservation.Errors.ShouldBeEmpty();
        run.UsersStarted.ShouldBe(20);
        fleet.Journal().Verdict.ShouldNotBeNull().Passed.ShouldBeTrue();
        fleet.Journal().Problems.ShouldBeEmpty();
        fleet.Master.Output.ShouldContain("Aggregated");
    }

    public static string[] Hooks(FleetRun fleet) =>
        Path.Combine(fleet.Folder.Path, "hooks.txt") is var path && File.Exists(path) ? File.ReadAllLines(path) : [];
}
