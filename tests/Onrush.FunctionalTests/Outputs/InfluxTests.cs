using System.Globalization;
using System.Text.Json;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>Against a real InfluxDB 1: what it has is what the target counted.</summary>
public sealed class InfluxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sums_and_names_arrive_whole()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"influxdb={influx.Url}load&tags=team:빨강 a");
        run.ExitCode.ShouldBe(0, run.Everything);
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBe(target.Counts.Received);
        (await influx.NumberAsync("SELECT sum(failures) FROM onrush_requests")).ShouldBe(target.Counts["/failing"].Received);
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_latency")).ShouldBe(target.Counts.Received);
        (await influx.NumberAsync("SELECT sum(requests) FROM onrush_workers")).ShouldBe(target.Counts.Received);
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_errors")).ShouldBe(target.Counts["/failing"].Received);
        (await influx.NumberAsync("SELECT sum(passes) FROM onrush_checks")).ShouldBe(target.Counts["/named"].Received);
        (await influx.NumberAsync("SELECT sum(sum) FROM onrush_metrics WHERE metric = 'orders_placed'")).ShouldBe(target.Counts["/named"].Received);
        // A line end or a tab inside is the only thing that changes, and a backslash at the end gets a blank behind it.
        var names = (await influx.QueryAsync("SHOW TAG VALUES FROM onrush_requests WITH KEY = \"name\"")).Select(row => row["value"]).ToArray();
        names.ShouldBe([.. OutputRun.Names.Select(name => name.EndsWith('\\') ? name + " " : name), "/failing"], ignoreOrder: true);
        (await influx.QueryAsync("SHOW TAG VALUES FROM onrush_requests WITH KEY = \"team\"")).Select(row => row["value"]).ShouldBe(["빨강 a"]);
        (await influx.QueryAsync("SELECT error, count FROM onrush_errors"))[0]["error"].ShouldBe("not \"this\" time, 안 돼");
    }

    /// <summary>The questions that the dashboard 2587 of k6 asks, all of them: every one is answered, and with the run's figures.</summary>
    [Fact]
    public async Task The_dashboard_2587_of_k6_is_answered()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"influxdb={influx.Url}k6?mode=k6&points=100000");
        run.ExitCode.ShouldBe(0, run.Everything);
        const string always = "time > now() - 1h";
        string[] single = ["mean(value)", "max(value)", "median(value)", "percentile(value, 90)", "percentile(value, 95)"];
        // Names were looked up before the run and small bodies come with their heads: those two are there, with nothing above zero in them.
        string[] measurements = ["http_req_duration", "http_req_blocked", "http_req_connecting", "http_req_sending", "http_req_waiting"];
        List<string> questions =
        [
            $"SELECT mean(value) FROM vus WHERE {always} GROUP BY time(1s) fill(none)",
            $"SELECT sum(value) FROM http_reqs WHERE {always} GROUP BY time(1s) fill(none)",
            $"SELECT count(value) FROM errors WHERE {always} GROUP BY time(1s) fill(none)",
            $"SELECT sum(value) FROM checks WHERE {always} GROUP BY time(1s), \"check\" fill(none)",
        ];
        foreach (var measurement in measurements)
        {
            questions.AddRange(single.Select(what => $"SELECT {what} FROM {measurement} WHERE {always} AND value > 0"));
            questions.Add($"SELECT min(value) FROM {measurement} WHERE {always} AND value > 0");
            questions.AddRange(new[] { "max(value)", "percentile(value, 95)", "percentile(value, 90)", "min(value)" }
                .Select(what => $"SELECT {what} FROM {measurement} WHERE {always} AND value > 0 GROUP BY time(1s) fill(none)"));
            questions.Add($"SELECT value FROM {measurement} WHERE {always} AND value > 0");
        }

        List<string> silent = [];
        foreach (var question in questions)
        {
            if ((await influx.QueryAsync(question, "k6")).Count == 0)
                silent.Add(question);
        }

        silent.ShouldBeEmpty();
        (await influx.NumberAsync("SELECT sum(value) FROM http_reqs", "k6")).ShouldBe(target.Counts.Received);
        foreach (var measurement in (string[])["http_req_looking_up", "http_req_receiving"])
            (await influx.NumberAsync($"SELECT count(value) FROM {measurement}", "k6")).ShouldBe(target.Counts.Received);
        (await influx.NumberAsync("SELECT count(value) FROM http_req_duration", "k6")).ShouldBe(target.Counts.Received);
        (await influx.NumberAsync("SELECT count(value) FROM errors", "k6")).ShouldBe(target.Counts["/failing"].Received);
        (await influx.NumberAsync("SELECT sum(value) FROM checks", "k6")).ShouldBe(target.Counts["/named"].Received);
        (await influx.QueryAsync("SHOW TAG KEYS FROM http_req_duration", "k6")).Select(row => row["tagKey"])
            .ShouldBe(["expected_response", "group", "method", "name", "scenario", "status"], ignoreOrder: true);
        (await influx.QueryAsync("SHOW TAG VALUES FROM http_req_duration WITH KEY = \"group\"", "k6")).Select(row => row["value"]).ShouldBe(["::gr oup"]);
    }

    /// <summary>Every request has its points, the account has every point, and JMeter's log beside it has as many lines.</summary>
    [Fact]
    public async Task Every_single_request_is_a_point_of_k6()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(
            _folder, target, "--out", $"influxdb={influx.Url}k6?mode=k6-full&testid=t 1", "--request-log", "all.jtl", "--json-file", "run.json");
        run.ExitCode.ShouldBe(0, run.Everything);
        (long received, long failing, long named) = (target.Counts.Received, target.Counts["/failing"].Received, target.Counts["/named"].Received);
        var points = (await influx.QueryAsync("SELECT count(value) FROM /.*/", "k6")).Sum(row => long.Parse(row["count"], CultureInfo.InvariantCulture));
        foreach (var measurement in (string[])
            ["http_reqs", "http_req_failed", "http_req_duration", "http_req_blocked", "http_req_looking_up", "http_req_connecting", "http_req_tls_handshaking", "http_req_sending", "http_req_waiting", "http_req_receiving"])
            (await influx.NumberAsync($"SELECT count(value) FROM {measurement} WHERE testid = 't 1'", "k6")).ShouldBe(received, measurement);
        (await influx.NumberAsync("SELECT sum(value) FROM http_req_failed", "k6")).ShouldBe(failing);
        (await influx.NumberAsync("SELECT count(value) FROM errors WHERE expected_response = 'false' AND error = 'not \"this\" time, 안 돼'", "k6")).ShouldBe(failing);
        (await influx.NumberAsync("SELECT count(value) FROM checks", "k6")).ShouldBe(named);
        (await influx.NumberAsync("SELECT max(value) FROM http_req_duration", "k6")).ShouldBeGreaterThan(0);
        (await influx.QueryAsync("SHOW TAG KEYS FROM http_req_duration", "k6")).Select(row => row["tagKey"])
            .ShouldBe(["error", "expected_response", "group", "method", "name", "scenario", "status", "testid"], ignoreOrder: true);

        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, "run.json")));
        var account = document.RootElement.GetProperty("outputs")[0];
        (account.GetProperty("records").GetString(), account.GetProperty("produced").GetInt64(), account.GetProperty("delivered").GetInt64(), account.GetProperty("dropped").GetInt64())
            .ShouldBe(("points", points, points, 0));
        (File.ReadLines(Path.Combine(_folder.Path, "all.jtl")).LongCount() - 1).ShouldBe(received);

        // There are no single requests where a run is over or workers make them, and that is said before anything is sent.
        var replay = await OnrushCommand.RunAsync(_folder, ["replay", "latest", "--out", $"influxdb={influx.Url}k6?mode=k6-full"], limit: OutputRun.Patience);
        (replay.ExitCode, replay.Errors.Contains("a run that was kept has no single requests; mode=k6", StringComparison.Ordinal)).ShouldBe((104, true), replay.Everything);
        var fleet = await OutputRun.RunAsync(_folder, target, "--out", $"influxdb={influx.Url}k6?mode=k6-full", "--processes", "2");
        (fleet.ExitCode, fleet.Errors.Contains("only a run without them can write each", StringComparison.Ordinal)).ShouldBe((104, true), fleet.Everything);
        target.Counts.Received.ShouldBe(received);
    }

    [Fact]
    public async Task What_is_measured_while_the_server_is_away_arrives_later()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var target = CountingServer.Start();
        await using var run = OnrushCommand.Start(_folder, OutputRun.Arguments(_folder, target, "-t", "10s", "--out", $"influxdb={influx.Url}load&timeout=2s"));
        await run.NextLineAsync(line => line.Contains("  users ", StringComparison.Ordinal), "the first line of the run", OutputRun.Patience);
        await influx.KillAsync();
        await run.NextLineAsync(line => line.Contains("It is tried again", StringComparison.Ordinal), "a warning", OutputRun.Patience);
        await run.NextLineAsync(line => line.Contains("  users ", StringComparison.Ordinal), "two seconds more", OutputRun.Patience);
        await influx.RestartAsync();
        (await run.ExitAsync(OutputRun.Patience)).ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("it works again after");
        run.Errors.ShouldMatch(@"output influxdb=\S+: ([\d,]+) points produced, \1 delivered \([\d,]+ retr");
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBe(target.Counts.Received);
    }

    [Fact]
    public async Task A_server_that_never_comes_costs_the_output_and_a_replay_makes_up_for_it()
    {
        var port = FreePort.Find();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--drain-timeout", "1s", "--out", $"influxdb=http://127.0.0.1:{port}/load");
        run.ExitCode.ShouldBe(96, run.Everything);
        run.Errors.ShouldContain("Connection refused. The run goes on; what is measured waits.");
        run.Errors.ShouldMatch(@"output influxdb=\S+: ([\d,]+) points produced, 0 delivered, \1 dropped");
        run.Console.Aggregated.Requests.ShouldBe(target.Counts.Received);

        await using var influx = await InfluxServer.StartAsync();
        var replay = await OnrushCommand.RunAsync(_folder, ["replay", "latest", "--require-outputs", "--out", $"influxdb={influx.Url}load&period=2s"], limit: OutputRun.Patience);
        replay.ExitCode.ShouldBe(0, replay.Everything);
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBe(target.Counts.Received);
    }

    [Fact]
    public async Task A_point_of_another_type_is_counted_and_the_others_arrive()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var target = CountingServer.Start();
        using var client = new HttpClient();
        (await client.PostAsync(new Uri(influx.Url, "query?q=CREATE+DATABASE+load"), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        // Somebody has used the name for a text.
        var points = new StringContent("onrush_run users=\"many\"");
        (await client.PostAsync(new Uri(influx.Url, "write?db=load"), points, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"influxdb={influx.Url}load");
        run.ExitCode.ShouldBe(96, run.Everything);
        run.Errors.ShouldContain("field type conflict");
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBe(target.Counts.Received);
        var dropped = System.Text.RegularExpressions.Regex.Match(run.Errors, @"([\d,]+) dropped").Groups[1].Value;
        // A point of the run an interval: as many as there are seconds.
        int.Parse(dropped, CultureInfo.InvariantCulture).ShouldBeInRange(4, 7);
    }

    [Fact]
    public async Task A_thousand_names_arrive_here_and_in_prometheus()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var prometheus = await PrometheusDatabase.StartAsync();
        await using var target = CountingServer.Start();
        var file = _folder.Write("names.cs", """
            public sealed class ManyUser : FastHttpUser
            {
                private static int _next;
                [Task] public async Task One()
                {
                    var next = Interlocked.Increment(ref _next);
                    if (next > 1000) StopUser();
                    await Client.GetAsync("/x", name: $"이름, \"{next}\" a=b");
                }
            }
            """);
        var run = await OnrushCommand.RunAsync(
            _folder, ["-f", file, "-H", target.Url.ToString(), "--headless", "-u", "5", "-r", "100", "--require-outputs", "--out", $"influxdb={influx.Url}load", "--out", $"prometheus-rw={prometheus.Url}api/v1/write&period=1s"], limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(0, run.Everything);
        var sent = Enumerable.Range(1, 1000).Select(i => $"이름, \"{i}\" a=b").ToHashSet();
        var stored = (await influx.QueryAsync("SHOW TAG VALUES FROM onrush_requests WITH KEY = \"name\"")).Select(row => row["value"]).ToHashSet();
        sent.IsSubsetOf(stored).ShouldBeTrue();
        var labels = (await prometheus.QueryAsync("max_over_time(onrush_requests_total[5m])")).Select(series => series.Labels["name"]).ToHashSet();
        sent.IsSubsetOf(labels).ShouldBeTrue();
        stored.ShouldBe(labels, ignoreOrder: true);
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBe(1000);
    }
}
