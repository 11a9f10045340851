using System.Text.Json;

namespace Onrush.Dashboard.Tests;

/// <summary>Every answer, as a whole, compared with a checked-in one.</summary>
public sealed class ShapeTests
{
    public static TheoryData<string, string> Answers => new()
    {
        { "session", "api/v1/session" },
        { "run", "api/v1/run" },
        { "run-full", "api/v1/run?full=1" },
        { "series", "api/v1/run/series?scenario=s&method=GET&name=/hello" },
        { "runs", "api/v1/runs" },
        { "download", "api/v1/download" },
        { "tasks", "api/v1/tasks" },
        { "failures", "api/v1/failures" },
        { "exceptions", "api/v1/exceptions" },
        { "findings", "api/v1/findings" },
        { "targets", "api/v1/targets" },
        { "login", "api/v1/login" },
        { "openapi", "api/openapi.json" },
        { "locust-stats", "stats/requests" },
        { "locust-exceptions", "exceptions" },
        { "locust-tasks", "tasks" },
        { "locust-worker-count", "worker-count" },
    };

    public static TheoryData<string, string> Files => new()
    {
        { "requests.csv", "stats/requests/csv" },
        { "failures.csv", "stats/failures/csv" },
        { "exceptions.csv", "exceptions/csv" },
        { "history.csv", "stats/requests_full_history/csv" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_has_its_shape(string name, string path)
    {
        await using var served = await Served.RunningAsync();
        var text = await served.TextAsync(path);
        Golden.Check(JsonDocument.Parse(Steady(text)).RootElement, name);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_has_its_columns(string name, string path)
    {
        await using var served = await Served.RunningAsync();
        using var response = await served.SendAsync("GET", path);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName!.ShouldContain("Locust_");
        Golden.Check(await response.Content.ReadAsStringAsync(), name);
        (await served.TextAsync($"api/v1/download/{name}")).ShouldBe(await served.TextAsync(path));
    }

    [Fact]
    public async Task Before_the_first_run_everything_answers_with_nothing()
    {
        await using var served = await Served.StartAsync();
        (await served.JsonAsync("api/v1/session")).GetProperty("state").GetString().ShouldBe("ready");
        var run = await served.JsonAsync("api/v1/run?full=1");
        run.GetProperty("runId").ValueKind.ShouldBe(JsonValueKind.Null);
        run.GetProperty("seconds").GetProperty("startSecond").GetArrayLength().ShouldBe(0);
        var stats = await served.JsonAsync("stats/requests");
        stats.GetProperty("state").GetString().ShouldBe("ready");
        stats.GetProperty("stats")[0].GetProperty("name").GetString().ShouldBe("Aggregated");
        stats.GetProperty("current_response_time_percentiles").GetProperty("response_time_percentile_0.5").ValueKind.ShouldBe(JsonValueKind.Null);
        (await served.TextAsync("stats/requests/csv")).ShouldStartWith("Type,Name,Request Count");
        (await served.JsonAsync("logs")).GetProperty("master").GetArrayLength().ShouldBe(0);
        using var file = await served.SendAsync("GET", "api/v1/download/run.json");
        ((int)file.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task The_log_goes_on_after_a_line()
    {
        await using var served = await Served.StartAsync();
        for (int i = 1; i <= 1200; i++)
            served.Session.Log.Add(DateTimeOffset.UnixEpoch, "info", $"line {i}");
        var lines = (await served.JsonAsync("api/v1/logs")).GetProperty("lines");
        (lines.GetArrayLength(), lines[499].GetProperty("text").GetString()).ShouldBe((500, "line 1200"));
        var later = (await served.JsonAsync("api/v1/logs?after=1198")).GetProperty("lines");
        later[0].GetProperty("number").GetInt64().ShouldBe(1199);
        (await served.JsonAsync("logs")).GetProperty("master")[499].GetString().ShouldBe("[1970-01-01 00:00:00.000] INFO line 1200");
    }

    // What this process uses differs from run to run.
    private static string Steady(string json) => System.Text.RegularExpressions.Regex.Replace(
        System.Text.RegularExpressions.Regex.Replace(json, "\"memoryBytes\":\\d+", "\"memoryBytes\":1"), "\"cpuPercent\":[\\d.]+", "\"cpuPercent\":null");
}
