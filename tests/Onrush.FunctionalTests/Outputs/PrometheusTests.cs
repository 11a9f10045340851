using System.Diagnostics;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>Against a real Prometheus, scraped and written to.</summary>
public sealed partial class PrometheusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_scraped_is_what_the_target_counted_and_the_linter_has_nothing_to_say()
    {
        var port = FreePort.Find();
        await using var prometheus = await PrometheusDatabase.StartAsync(port);
        await using var target = CountingServer.Start();
        await using var run = OnrushCommand.Start(_folder, OutputRun.Arguments(_folder, target, "--out", $"prometheus={port}&linger=10s"));
        await run.NextLineAsync(line => line.Contains("  users ", StringComparison.Ordinal), "the first line of the run", OutputRun.Patience);
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        (await run.ExitAsync(OutputRun.Patience)).ShouldBe(0, run.Errors);
        run.Errors.ShouldMatch(@"scraped \d+ times; the last figures were scraped");
        (await Lint(text)).ShouldBe("");

        // Scraped series end with the process, so it is asked for the largest value there was.
        (await prometheus.NumberAsync("sum(max_over_time(onrush_requests_total[5m]))")).ShouldBe(target.Counts.Received);
        (await prometheus.NumberAsync("sum(max_over_time(onrush_request_duration_seconds_count[5m]))")).ShouldBe(target.Counts.Received);
        (await prometheus.NumberAsync("sum(max_over_time(onrush_request_failures_total{outcome=\"Check\"}[5m]))")).ShouldBe(target.Counts["/failing"].Received);
        (await prometheus.NumberAsync("sum(max_over_time(onrush_checks_total{result=\"pass\"}[5m]))")).ShouldBe(target.Counts["/named"].Received);
        (await prometheus.NumberAsync("sum(max_over_time(onrush_custom_orders_placed_total[5m]))")).ShouldBe(target.Counts["/named"].Received);
        var names = (await prometheus.QueryAsync("max_over_time(onrush_requests_total[5m])")).Select(series => series.Labels["name"]);
        names.ShouldBe([.. OutputRun.Names, "/failing"], ignoreOrder: true);
    }

    /// <summary>The questions that the dashboard 19665 asks, all of them: every one is answered, and with the run's figures.</summary>
    [Fact]
    public async Task The_dashboard_19665_of_k6_is_answered()
    {
        await using var prometheus = await PrometheusDatabase.StartAsync();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"prometheus-rw={prometheus.Url}api/v1/write&names=k6&testid=t1&period=1s");
        run.ExitCode.ShouldBe(0, run.Everything);
        const string test = "{testid=~\"t1\"}", failed = "{testid=~\"t1\", expected_response=\"false\"}", good = "{testid=~\"t1\", expected_response=\"true\"}";
        List<string> questions =
        [
            $"sum(k6_vus{test})", $"avg(round(k6_http_req_failed_rate{test}, 0.1)*100)", $"sum(k6_http_reqs_total{test})", $"sum(k6_http_reqs_total{failed})",
            $"avg(k6_dropped_iterations_total{test})", $"round(k6_checks_rate{test}, 0.1)", $"avg(round(k6_checks_rate{test}, 0.1)*100)",
            .. new[] { $"k6_http_reqs_total{test}", $"k6_http_reqs_total{failed}", $"k6_http_reqs_total{good}" }.Select(counter => $"sum(irate({counter}[5s]))"),
            .. new[] { "sent", "received" }.Select(way => $"avg(irate(k6_data_{way}_total{test}[5s]))"),
            .. new[] { "http_req_blocked", "http_req_tls_handshaking", "http_req_sending", "http_req_waiting", "http_req_receiving", "http_req_duration", "iteration_duration" }
                .Select(metric => $"avg(k6_{metric}_p95{test})"),
            $"avg(k6_http_req_duration_p99{good})", $"avg(k6_http_req_duration_p99{failed})",
            .. new[] { "min", "max", "p95", "p99" }.Select(stat => $"avg by(name, method, status) (k6_http_req_duration_{stat}{test})"),
        ];
        List<string> silent = [];
        foreach (var question in questions)
        {
            if (!await prometheus.HasDataAsync(question))
                silent.Add(question);
        }

        silent.ShouldBeEmpty();
        (await prometheus.NumberAsync("sum(max_over_time(k6_http_reqs_total[5m]))")).ShouldBe(target.Counts.Received);
        (await prometheus.NumberAsync("sum(max_over_time(k6_http_reqs_total{expected_response=\"false\"}[5m]))")).ShouldBe(target.Counts["/failing"].Received);
        // The run is over, and its series say so.
        (await prometheus.QueryAsync("k6_http_reqs_total")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Native_histograms_keep_the_percentiles()
    {
        await using var prometheus = await PrometheusDatabase.StartAsync();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"prometheus-rw={prometheus.Url}api/v1/write&histograms=both&period=1s", "--json-file", "result.json");
        run.ExitCode.ShouldBe(0, run.Everything);
        var at = LastSecond(run);
        (await prometheus.NumberAsync("sum(max_over_time(onrush_requests_total[5m]))")).ShouldBe(target.Counts.Received);
        // The last second may be shorter than a step of the question.
        (await prometheus.LastAsync("histogram_count(sum(onrush_request_duration_seconds))")).ShouldBeInRange(target.Counts.Received * 0.5, target.Counts.Received);
        var median = await prometheus.LastAsync("histogram_quantile(0.5, sum(onrush_request_duration_seconds))");
        // A bucket is 9 % wide, the value within it is guessed, and the last second may be missing.
        (median * 1000 / at).ShouldBeInRange(0.8, 1.25);
    }

    [Fact]
    public async Task The_names_of_locust_are_those_of_its_exporters()
    {
        await using var prometheus = await PrometheusDatabase.StartAsync();
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"prometheus-rw={prometheus.Url}api/v1/write&names=locust&period=1s");
        run.ExitCode.ShouldBe(0, run.Everything);
        string[] questions =
        [
            "locust_running", "locust_users", "sum(locust_requests_current_rps)", "locust_requests_num_requests{method=~\"\"}", "locust_requests_fail_ratio",
            "locust_workers_count", "locust_requests_num_failures{method=~\"\"}", "sum(locust_errors) by (method, name, error)",
            "locust_requests_current_response_time_percentile_95", "locust_requests_current_response_time_percentile_50",
            "rate(locust_requests_num_requests{method=~\".+\"}[1m])",
            .. new[] { "avg_content_length", "min_response_time", "max_response_time", "avg_response_time", "median_response_time", "num_failures", "current_fail_per_sec", "num_requests", "current_rps" }
                .Select(metric => $"sum(locust_requests_{metric}{{method=~\".+\"}}) by (method, name)"),
        ];
        foreach (var question in questions)
            (await prometheus.HasDataAsync(question)).ShouldBeTrue(question);
        (await prometheus.NumberAsync("max_over_time(locust_requests_num_requests{name=\"Aggregated\"}[5m])")).ShouldBe(target.Counts.Received);
    }

    [Fact]
    public async Task A_place_that_is_none_is_refused_before_the_run()
    {
        await using var target = CountingServer.Start();
        var run = await OutputRun.RunAsync(_folder, target, "--out", "prometheus=nowhere");
        run.ExitCode.ShouldBe(104);
        run.Errors.ShouldContain("'nowhere' is neither a port nor an address such as 127.0.0.1:9464; to write to a server there is prometheus-rw");
        target.Counts.Received.ShouldBe(0);
    }

    // The median in milliseconds, as the command printed it.
    private static double LastSecond(Finished run) =>
        double.Parse(Aggregated().Match(run.Output).Groups["median"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> Lint(string text)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.FindOrSkip("promtool", "prometheus"), ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        var said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    [GeneratedRegex(@"Response time percentiles[^|]*\|.*?Aggregated +\| +(?<median>[\d.]+) ", RegexOptions.Singleline)]
    private static partial Regex Aggregated();
}
