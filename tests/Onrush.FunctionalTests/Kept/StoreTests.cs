using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Postgres;

namespace Onrush.FunctionalTests.Kept;

/// <summary>Runs that are kept in a real PostgreSQL by the real command, and all that is made of them there.</summary>
public sealed class StoreTests : RunFixture
{
    private const string Steady = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.05);

            [Task]
            public async Task Get() => await Client.GetAsync("/list");
        }
        """;

    // A command starts, compiles and works beside a database on what may be a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_costs_nothing_of_the_run()
    {
        await using var store = await Postgres.StartOrSkipAsync();
        await using var target = CountingServer.Start();
        await using var run = Start(target, store, "-u", "5", "-r", "5", "-t", "9s");
        await run.NextLineAsync(line => LiveRow.Parse(line) is not null, "the first second", Patience);
        await store.KillAsync();
        await run.NextLineAsync(line => line.Contains("The store cannot be reached: ", StringComparison.Ordinal), "a word about the outage", Patience);
        await store.StartAgainAsync();
        await run.NextLineAsync(line => line.Contains("The store can be reached again", StringComparison.Ordinal), "a word about its end", Patience);
        (await run.ExitAsync(Patience)).ShouldBe(0, run.Errors);

        var report = await OnStoreAsync(store, "report", "latest");
        report.ExitCode.ShouldBe(0, report.Everything);
        report.Errors.ShouldBeEmpty();
        report.Console.Aggregated.Requests.ShouldBe(target.Counts.Received);
        // To the letter what the run itself printed: nothing is missing from its journal.
        run.Output.ShouldEndWith(report.Output.TrimEnd());
        Waiting().ShouldBeEmpty();
        (run.Output + run.Errors + report.Everything).ShouldNotContain(store.Password);
    }

    [Fact]
    public async Task Every_command_works_on_runs_in_a_store()
    {
        await using var store = await Postgres.StartOrSkipAsync();
        await using var target = CountingServer.Start();
        for (var i = 0; i < 3; i++)
        {
            await using var run = Start(target, store, "-u", "2", "-r", "2", "-t", "3s", "--keep", "2");
            (await run.ExitAsync(Patience)).ShouldBe(0, run.Errors);
        }

        var list = await OnStoreAsync(store, "runs", "--json");
        list.ExitCode.ShouldBe(0, list.Everything);
        using var runs = System.Text.Json.JsonDocument.Parse(list.Output);
        var ids = runs.RootElement.EnumerateArray().Select(run => run.GetProperty("id").GetString()!).ToArray();
        ids.Length.ShouldBe(2);
        runs.RootElement[0].GetProperty("state").GetString().ShouldBe("passed");
        runs.RootElement[0].GetProperty("place").GetString().ShouldNotBeNull().ShouldStartWith($"postgres://127.0.0.1:{store.Port}/postgres/");

        (await OnStoreAsync(store, "baseline", "set", ids[1])).ExitCode.ShouldBe(0);
        (await OnStoreAsync(store, "baseline")).Output.Trim().ShouldBe(ids[1]);
        var compared = await OnStoreAsync(store, "compare", "--fail-on", "failed>+50%");
        compared.ExitCode.ShouldBeOneOf([0, 98], compared.Everything);
        compared.Output.ShouldContain("GET /list");
        var replay = await OnStoreAsync(store, "replay", ids[0], "--speed", "max");
        replay.ExitCode.ShouldBe(0, replay.Everything);
        replay.Console.Aggregated.Requests.ShouldBeGreaterThan(0);
        var export = await OnStoreAsync(store, "export", ids[0], "--csv", "kept", "--json-file", "kept.json");
        export.ExitCode.ShouldBe(0, export.Everything);
        File.ReadAllText(Path.Combine(Folder.Path, "kept_stats.csv")).ShouldContain("Aggregated");
        File.ReadAllText(Path.Combine(Folder.Path, "kept.json")).ShouldContain(ids[0]);
        File.ReadAllText(Path.Combine(Folder.Path, "kept.json")).ShouldNotContain(store.Password);
        Directory.Exists(Path.Combine(Folder.Path, ".onrush", "runs")).ShouldBe(true, "runs on their way went through it");
        Waiting().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_outlives_the_store_waits_and_is_sent_by_the_next_command()
    {
        await using var store = await Postgres.StartOrSkipAsync();
        await using var target = CountingServer.Start();
        await using var run = Start(target, store, "-u", "2", "-r", "2", "-t", "1h");
        await run.NextLineAsync(line => LiveRow.Parse(line) is not null, "the first second", Patience);
        await store.StopAsync();
        await run.NextLineAsync(line => line.Contains("The store cannot be reached: ", StringComparison.Ordinal), "a word about the outage", Patience);
        // Neither the server nor the run comes to a good end.
        run.Send(Signal.Kill);
        await run.ExitAsync();
        Waiting().ShouldHaveSingleItem();
        var refused = await OnStoreAsync(store, "runs");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldMatch(@"^onrush: postgres://127\.0\.0\.1:\d+/postgres: .*refused");
        refused.ShouldShowNoStackTrace();

        await store.StartAgainAsync();
        var report = await OnStoreAsync(store, "report", "latest");
        report.ExitCode.ShouldBe(0, report.Everything);
        report.Errors.ShouldMatch(@"^onrush: Run [0-9a-f]{8}, which waited here, was sent to postgres://127\.0\.0\.1:\d+/postgres\.$");
        report.Output.ShouldContain("UNFINISHED: the run was ended before it could be judged");
        report.Console.Aggregated.Requests.ShouldBeInRange(1, target.Counts.Received);
        Waiting().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_is_away_at_the_end_is_told_by_the_exit_code()
    {
        await using var store = await Postgres.StartOrSkipAsync();
        await using var target = CountingServer.Start();
        await using var run = Start(target, store, "-u", "2", "-r", "2", "-t", "3s");
        await run.NextLineAsync(line => LiveRow.Parse(line) is not null, "the first second", Patience);
        await store.KillAsync();
        (await run.ExitAsync(Patience)).ShouldBe(106, run.Errors);
        run.Errors.ShouldContain("could not be reached: ");
        run.Errors.ShouldContain("the run waits in ");
        var waits = Waiting().ShouldHaveSingleItem();
        (await OnrushCommand.RunAsync(Folder, ["report", waits], limit: Patience)).Console.Aggregated.Requests.ShouldBe(target.Counts.Received);
    }

    [Theory]
    [InlineData("mysql://ann:hidden@db/team", "--store: a store is named as postgres://user@host:5432/database")]
    [InlineData("postgres://ann:hidden@127.0.0.1:1/team", "--store: postgres://127.0.0.1:1/team: ")]
    public async Task A_store_that_cannot_be_used_is_an_error_before_the_first_request(string url, string message)
    {
        await using var target = CountingServer.Start();
        var refused = await OnrushCommand.RunAsync(Folder, Arguments(Steady, target.Url, "-t", "2s", "--store", url), limit: Patience);
        refused.ExitCode.ShouldBe(104, refused.Everything);
        refused.Errors.ShouldContain(message);
        refused.Everything.ShouldNotContain("hidden");
        target.Counts.Received.ShouldBe(0);
    }

    private static Dictionary<string, string> Environment(PostgresServer store) => new() { ["ONRUSH_STORE"] = store.Url() };

    private RunningProgram Start(CountingServer target, PostgresServer store, params string[] more) =>
        OnrushCommand.Start(Folder, Arguments(Steady, target.Url, more), Environment(store));

    private Task<Finished> OnStoreAsync(PostgresServer store, params string[] arguments) => OnrushCommand.RunAsync(Folder, arguments, Environment(store), Patience);

    private string[] Waiting() => Directory.GetDirectories(Path.Combine(Folder.Path, ".onrush", "runs", "outgoing"));
}
