using System.Text.Json;
using Onrush.FunctionalTests.Running;
using Onrush.Runs;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>How each worker does is seen by name: on the page, by Locust's endpoints, in the journal and in the result file.</summary>
public sealed class WorkerHealthTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Two_workers_are_seen_by_name_wherever_one_looks()
    {
        await using var fleet = new FleetRun();
        string[] names = [await NameOf(fleet.AddWorker()), await NameOf(fleet.AddWorker())];
        var master = fleet.StartMaster(FleetTests.Steady, workers: 2, "-u", "20", "-r", "20", "--with-page", "--web-port", "0", "--json-file", "run.json");
        var line = await master.NextLineAsync(l => l.Contains("The page is at ", StringComparison.Ordinal), "the page", Long);
        using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal))), Timeout = Long };

        var workers = await UntilAsync(client, "api/v1/run", run => Rows(run, "workers").All(w => w.GetProperty("state").GetString() == "running" && Number(w, "users") == 10 && Number(w, "cpuPercent") > 0));
        Rows(workers, "workers").Select(w => w.GetProperty("id").GetString()).ShouldBe(names, ignoreOrder: true);
        Rows(workers, "workers").ShouldAllBe(w => Number(w, "memoryBytes") > 10_000_000 && Number(w, "loops") == 2 && w.GetProperty("address").GetString() == Environment.MachineName);
        Rows(workers, "workers").Select(w => w.GetProperty("version").GetString()).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        (await JsonAsync(client, "worker-count")).GetProperty("worker_count").GetInt32().ShouldBe(2);
        var stats = await JsonAsync(client, "stats/requests");
        Rows(stats, "workers").Select(w => (w.GetProperty("id").GetString(), w.GetProperty("state").GetString(), w.GetProperty("user_count").GetInt32()))
            .ShouldBe(names.Select(name => ((string?)name, (string?)"running", 10)), ignoreOrder: true);
        stats.GetProperty("worker_count").GetInt32().ShouldBe(2);

        fleet.Workers[0].Send(Signal.Kill);
        var after = await UntilAsync(client, "stats/requests", run => Rows(run, "workers").Any(w => w.GetProperty("state").GetString() == "missing"));
        Rows(after, "workers").Single(w => w.GetProperty("state").GetString() == "missing").GetProperty("id").GetString().ShouldBe(names[0]);
        master.Send(Signal.Interrupt);
        var last = (await fleet.EndAsync()).Workers.ToDictionary(w => w.Worker);
        last[names[0]].Standing!.Condition.ShouldBe(WorkerCondition.Lost);
        last[names[1]].Standing!.Condition.ShouldBe(WorkerCondition.Done);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(fleet.Folder.Path, "run.json")));
        Rows(file.RootElement, "workers").Sum(w => Number(w, "requests")).ShouldBe(file.RootElement.GetProperty("aggregated").GetProperty("requests").GetInt64());
    }

    private static async Task<string> NameOf(RunningProgram worker)
    {
        const string Before = "worker ";
        var line = await worker.NextLineAsync(l => l.Contains(": connecting to ", StringComparison.Ordinal), "the worker says its name", Long);
        return line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..line.IndexOf(": connecting to ", StringComparison.Ordinal)];
    }

    private static JsonElement[] Rows(JsonElement of, string name) => of.TryGetProperty(name, out var rows) ? [.. rows.EnumerateArray()] : [];

    private static double Number(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : -1;

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    private static async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> fits)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (true)
        {
            var answer = await JsonAsync(client, path);
            if (Rows(answer, "workers").Length == 2 && fits(answer))
                return answer;
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"{path} did not come to it: {answer}");
            await Task.Delay(100);
        }
    }
}
