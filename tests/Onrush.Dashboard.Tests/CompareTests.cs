using System.Net;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Onrush.Runs.Tests;

namespace Onrush.Dashboard.Tests;

/// <summary>The history of the page says which differences of two runs are more than noise.</summary>
public sealed class CompareTests : IDisposable
{
    private const int Seconds = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("onrush-test-").FullName;
    private readonly RunFolders _store;

    public CompareTests() => _store = new RunFolders(_folder, TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_slower_run_is_worse_and_a_repetition_is_noise()
    {
        var (before, again, slower) = (Keep(ms: 10), Keep(ms: 10), Keep(ms: 30));
        await using var served = await ServedAsync(new KeptRuns(_store, "0.1.0"));

        var same = await served.JsonAsync($"api/v1/compare?base={before}&new={again}");
        same.GetProperty("comparable").GetBoolean().ShouldBeTrue(same.GetRawText());
        Verdict(same, "p95Ms").ShouldBe("noise");

        var worse = await served.JsonAsync($"api/v1/compare?base={before}&new={slower}");
        var row = worse.GetProperty("rows")[0];
        (row.GetProperty("scenario").GetString(), row.GetProperty("method").GetString(), row.GetProperty("name").GetString()).ShouldBe(("s", "GET", "/hello"));
        var p95 = row.GetProperty("metrics").GetProperty("p95Ms");
        (p95.GetProperty("verdict").GetString(), p95.GetProperty("changePercent").GetDouble() > 100).ShouldBe(("worse", true), p95.GetRawText());
        p95.GetProperty("lowPercent").GetDouble().ShouldBeGreaterThan(0);
        Verdict(worse, "rps").ShouldBe("noise");
        worse.GetProperty("rows").EnumerateArray().Last().GetProperty("name").GetString().ShouldBe("Aggregated");
    }

    [Fact]
    public async Task A_run_of_this_process_is_found_by_its_journal()
    {
        var (first, second) = (Keep(ms: 10), Keep(ms: 10));
        var kept = new KeptRuns(_store, "0.1.0");
        await using var served = await ServedAsync(kept);
        var run = await served.Session.StartAsync(new StartOptions());
        using (var before = await served.Client.GetAsync($"api/v1/compare?base={first}&new={run.Id}"))
        {
            before.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await before.Content.ReadAsStringAsync()).ShouldContain($"Run {run.Id} was not kept");
        }

        kept.Hide(second, run.Control);
        Verdict(await served.JsonAsync($"api/v1/compare?base={first}&new={run.Id}"), "p95Ms").ShouldBe("noise");
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?base=00000000", 400)]
    [InlineData("?base=00000000&new=11111111", 404)]
    [InlineData("?base=..%2F..&new=..%2F..", 404)]
    public async Task What_is_not_there_cannot_be_compared(string query, int status)
    {
        await using var served = await ServedAsync(new KeptRuns(_store, "0.1.0"));
        using var response = await served.Client.GetAsync("api/v1/compare" + query);
        ((int)response.StatusCode).ShouldBe(status);
    }

    private static Task<Served> ServedAsync(KeptRuns kept) => Served.StartAsync(new DashboardOptions { Kept = kept });

    private static string? Verdict(System.Text.Json.JsonElement comparison, string metric) =>
        comparison.GetProperty("rows")[0].GetProperty("metrics").GetProperty(metric).GetProperty("verdict").GetString();

    private string Keep(double ms)
    {
        var kept = _store.Create("hello.cs");
        var worker = new FakeWorker();
        using (var journal = new JournalWriter(kept.Journal, JournalSync.Never, TimeProvider.System, _ => { }))
        {
            journal.Planned(RunPlan.Of("hello.cs", null, new RunOptions { Host = "http://target:8080", Users = 10 }, ["HelloUser"]));
            journal.Changed(new RunChange(FakeWorker.StartUnixMs, RunPhase.Running, 10, 5));
            for (int second = 0; second < Seconds; second++)
            {
                for (int request = 0; request < 40; request++)
                    worker.Requests(1, ms + (request + second) % 7);
                journal.Reported(worker.Report());
            }

            journal.Judged(new RunVerdict(0, "judged", new RunFigures(Seconds, 10, Seconds * 40, 0, ms)));
        }

        kept.Lock.Dispose();
        return kept.Run.Id;
    }
}
