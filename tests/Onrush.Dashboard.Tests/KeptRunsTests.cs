using System.Net;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.Dashboard.Tests;

/// <summary>The history of the page shows what the store has, beside the runs of this process.</summary>
public sealed class KeptRunsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onrush-test-").FullName;
    private readonly RunFolders _store;

    public KeptRunsTests() => _store = new RunFolders(_folder, TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Runs_of_the_store_stand_in_the_history_with_their_verdicts()
    {
        var bad = Keep("bad.cs", exitCode: 99);
        var good = Keep("good.cs", exitCode: 0);
        var own = Keep("own.cs", exitCode: 0);
        var kept = new KeptRuns(_store, "0.1.0");
        kept.Hide(own, new FakeRun());
        await using var served = await Served.StartAsync(new DashboardOptions { Kept = kept });

        var runs = (await served.JsonAsync("api/v1/runs")).GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("id").GetString()!);
        runs.Keys.ShouldBe([bad, good], ignoreOrder: true);
        var run = runs[good];
        (run.GetProperty("loadTest").GetString(), run.GetProperty("host").GetString()).ShouldBe(("good.cs", "http://target:8080"));
        (run.GetProperty("users").GetInt32(), run.GetProperty("requests").GetInt64()).ShouldBe((7, 500));
        (run.GetProperty("rps").GetDouble(), run.GetProperty("p95Ms").GetDouble(), run.GetProperty("failureRatio").GetDouble()).ShouldBe((50, 12.5, 0.02));
        run.GetProperty("verdict").GetString().ShouldBe("passed");
        runs[bad].GetProperty("verdict").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task A_run_of_the_store_can_be_opened_and_its_files_fetched()
    {
        var id = Keep("good.cs", exitCode: 0);
        await using var served = await Served.StartAsync(new DashboardOptions { Kept = new KeptRuns(_store, "0.1.0") });
        var run = await served.JsonAsync($"api/v1/runs/{id}");
        run.GetProperty("plan").GetProperty("host").GetString().ShouldBe("http://target:8080");
        (await served.JsonAsync($"api/v1/runs/{id}/download/run.json")).GetProperty("about").GetProperty("loadTest").GetString().ShouldBe("good.cs");
        using var none = await served.Client.GetAsync("api/v1/runs/00000000");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        served.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_and_a_store_that_is_away_break_nothing()
    {
        var id = Keep("good.cs", exitCode: 0);
        File.WriteAllText(Path.Combine(_store.List()[0].Place, RunFolders.JournalName), "something else");
        await using var served = await Served.StartAsync(new DashboardOptions { Kept = new KeptRuns(_store, "0.1.0") });
        (await served.JsonAsync("api/v1/runs")).GetProperty("runs").GetArrayLength().ShouldBe(0);
        using var none = await served.Client.GetAsync($"api/v1/runs/{id}");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        served.Warnings.ShouldBeEmpty();
    }

    private string Keep(string name, int exitCode)
    {
        var kept = _store.Create(name);
        using (var journal = new JournalWriter(kept.Journal, JournalSync.Never, TimeProvider.System, _ => { }))
        {
            journal.Planned(RunPlan.Of(name, null, new RunOptions { Host = "http://target:8080", Users = 7 }, ["HelloUser"]));
            journal.Changed(new RunChange(1_800_000_000_000, RunPhase.Running, 7, 1));
            journal.Judged(new RunVerdict(exitCode, "judged", new RunFigures(10, 7, 500, 10, 12.5)));
        }

        kept.Lock.Dispose();
        return kept.Run.Id;
    }
}
