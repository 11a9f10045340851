using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Verdicts;

/// <summary>Rules, what the shell is told of them, and what is printed, by the real command.</summary>
public sealed partial class VerdictTests : RunFixture
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");
    private static readonly string[] Short = ["-u", "2", "-r", "2", "-t", "2s"];

    [Fact]
    public async Task Kept_thresholds_are_0_although_requests_fail()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(
            JudgedLoadTests.Configured(".Threshold(\"http_req_failed\", \"rate<0.99\").Threshold(\"checks\", \"rate==1\")"), server.Url,
            [.. Short, "--threshold", "http_reqs{name:hello}: count>0"]);
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.Aggregated.Failures.ShouldBeGreaterThan(0);
        run.Output.ShouldContain("✓ http_req_failed");
        run.Output.ShouldContain("✓ http_reqs{name:hello}");
        run.Output.ShouldContain("PASSED: 3 rules kept; ");
    }

    [Theory]
    [InlineData("", "http_req_failed{name:fail}: rate<0.5", "✗ http_req_failed{name:fail}", "FAILED: the threshold 'http_req_failed{name:fail}: rate<0.5' is broken (rate=100.00 %).")]
    [InlineData(".Threshold(\"iterations\", \"count<1\")", "", "✗ iterations", "FAILED: the threshold 'iterations: count<1' is broken (count=")]
    [InlineData("", "group_duration: p(95)<1000", "no data", "FAILED: the threshold 'group_duration: p(95)<1000' is broken (no data).")]
    [InlineData(".CheckLimits(checks: 0.0, failed: 0.0).Threshold(\"http_req_failed{name:hello}\", \"rate>0.5\")", "", "✓ checks", "FAILED: the threshold 'http_req_failed{name:hello}: rate>0.5'")]
    public async Task Broken_rules_are_99(string configure, string option, string line, string verdict)
    {
        await using var server = CountingServer.Start();
        string[] more = option.Length > 0 ? ["--threshold", option] : [];
        var run = await RunAsync(configure.Length > 0 ? JudgedLoadTests.Configured(configure) : JudgedLoadTests.Class(""), server.Url, [.. Short, .. more]);
        run.ExitCode.ShouldBe(99, run.Everything);
        run.Output.ShouldContain(line);
        run.Output.ShouldContain(verdict);
    }

    [Fact]
    public async Task A_broken_limit_is_99()
    {
        await using var server = CountingServer.Start();
        var limited = LoadTests.Throwing + "\npublic sealed class Limited : LoadTest { public override void Configure(LoadTestBuilder test) => test.CheckLimits(failed: 0.5); }\n";
        var run = await RunAsync(limited, server.Url, Short);
        run.ExitCode.ShouldBe(99, run.Everything);
        run.Output.ShouldContain("FAILED: the limit 'iterations: failed<=0.5' is broken (");
    }

    [Fact]
    public async Task Thresholds_do_not_make_a_script_green_that_only_throws()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.Throwing, server.Url, [.. Short, "--threshold", "http_req_failed: rate<0.01"]);
        run.ExitCode.ShouldBe(99, run.Everything);
        run.Output.ShouldContain("✓ http_req_failed");
        run.Output.ShouldContain("FAILED: the limit 'iterations: failed<1' is broken (all ");
    }

    [Theory]
    [InlineData("run.Fail(\"sold one coupon too many\"); return Task.CompletedTask;", "Judged.OnTestEndAsync: sold one coupon too many")]
    [InlineData("throw new InvalidOperationException(\"the audit is closed\");", "Judged.OnTestEndAsync: InvalidOperationException: the audit is closed")]
    public async Task A_broken_invariant_is_99(string body, string verdict)
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(JudgedLoadTests.Class($$"""public override Task OnTestEndAsync(RunSummary run) { {{body}} }"""), server.Url, Short);
        run.ExitCode.ShouldBe(99, run.Everything);
        run.Output.ShouldContain($"FAILED: {verdict}.");
        run.ShouldShowNoStackTrace();
    }

    [Fact]
    public async Task A_threshold_that_is_to_end_the_run_ends_it()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(
            JudgedLoadTests.Class(""), server.Url, "-u", "2", "-r", "2", "-t", "10m", "--threshold", "http_req_failed{name:fail}: rate<0.1 abort after 2s");
        run.ExitCode.ShouldBe(99, run.Everything);
        run.Output.ShouldContain("ended: The threshold 'http_req_failed{name:fail}: rate<0.1' is broken: rate=100.00 %.");
    }

    [Fact]
    public async Task A_generator_that_was_the_limit_is_97_where_honesty_is_required()
    {
        await using var nginx = await NginxServer.StartAsync();
        var run = await RunAsync(LoadTests.Busy, nginx.Url, "-u", "200", "-r", "200", "-t", "5s", "--loops", "1", "--require-honest");
        run.ExitCode.ShouldBe(97, run.Everything);
        run.Output.ShouldContain("FAILED: the generator itself was the limit in ");
    }

    [Theory]
    [InlineData("public override void Configure(LoadTestBuilder test) => throw new InvalidOperationException(\"not\\ntoday\");", "onrush: Judged.Configure threw InvalidOperationException: not today")]
    [InlineData("public Judged() => throw new InvalidOperationException(\"not today\");", "onrush: The constructor of Judged threw InvalidOperationException: not today")]
    [InlineData("private static readonly int Port = int.Parse(\"http\"); public override void Configure(LoadTestBuilder test) => _ = Port;", "onrush: Judged.Configure threw FormatException: ")]
    [InlineData("public override Task OnTestStartingAsync() => throw new InvalidOperationException(\"not today\");", "onrush: Judged.OnTestStartingAsync failed: InvalidOperationException: not today")]
    public async Task Code_that_throws_before_the_start_is_107(string member, string error)
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(JudgedLoadTests.Class(member), server.Url, [.. Short, "-L", "error"]);
        run.ExitCode.ShouldBe(107, run.Everything);
        run.Errors.ShouldStartWith(error);
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        run.Output.ShouldBeEmpty();
        server.Counts.Received.ShouldBe(0);
    }

    [Theory]
    [InlineData(".Threshold(\"http_req_duratoin\", \"p(95)<5\")", "loadtest.cs(20): Threshold 'http_req_duratoin: p(95)<5': there is no metric 'http_req_duratoin'; did you mean http_req_duration?")]
    [InlineData(".Threshold(\"checks\", \"p(95)<5\")", "loadtest.cs(20): Threshold 'checks: p(95)<5': checks is a rate and has no p(95); it has rate.")]
    [InlineData(".Threshold(\"vus{name:x}\", \"value<5\")", "loadtest.cs(20): Threshold 'vus{name:x}: value<5': vus cannot be filtered by the tag 'name': users are counted over all scenarios.")]
    [InlineData(".Threshold(\"http_reqs{scenario:defualt}\", \"count<5\")", "loadtest.cs(20): Threshold 'http_reqs{scenario:defualt}: count<5': there is no scenario 'defualt' (the run has default); did you mean default?")]
    [InlineData(".CheckLimits(failed: 5)", "loadtest.cs(20): CheckLimits: failed is 5; it has to be a share from 0 to 1.")]
    public Task A_rule_that_cannot_be_is_104(string configure, string error) => ShouldBeRefusedAsync(JudgedLoadTests.Configured(configure), [], error);

    [Fact]
    public Task A_rule_of_the_command_line_that_cannot_be_is_104() => ShouldBeRefusedAsync(
        JudgedLoadTests.Class(""), ["--threshold", "wait_time: p(95)<5"], "onrush: --threshold 'wait_time: p(95)<5': there is no metric 'wait_time'.");

    [Fact]
    public async Task The_load_tests_own_metrics_are_known_before_the_run()
    {
        var own = JudgedLoadTests.Class(
            "private static readonly Trend Waiting = new(\"waiting_time\"); public override void Configure(LoadTestBuilder test) => "
            + "test.Threshold(\"waiting_time\", \"rate<5\");");
        await ShouldBeRefusedAsync(own, [], "loadtest.cs(20): Threshold 'waiting_time: rate<5': waiting_time is a trend and has no rate; it has avg, min, max, med, p(N), count.");
    }

    /// <summary>What k6 prints for the same script against the same target, times aside.</summary>
    [Fact]
    public async Task K6s_summary_of_a_target_with_fixed_answers()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(JudgedLoadTests.Once, server.Url, "--summary", "k6", "--only-summary");
        run.ExitCode.ShouldBe(99, run.Everything);
        server.Counts.Received.ShouldBe(5);
        run.Errors.ShouldContain("onrush: FAILED: the threshold 'checks{check:status is 409 (Already Issued)}: rate>0.5' is broken (rate=0.00 %).");
        // A run of more than a second has users, too: those lines depend on the machine.
        var lines = run.Output.Split('\n').Select(line => Blanks().Replace(Changing().Replace(line.Trim(), "#"), " ")).Where(line => !line.StartsWith("vus", StringComparison.Ordinal));
        string.Join('\n', lines).Trim().ShouldBe("""
            █ THRESHOLDS

            checks{check:status is 409 (Already Issued)}
            ✗ 'rate>0.5' rate=0.00%

            http_req_duration{name:call coupon}
            ✓ 'p(95)<60000' p(95)=#

            http_req_failed
            ✓ 'rate<0.01' rate=0.00%


            █ TOTAL RESULTS

            checks_total.......: 15 #
            checks_succeeded...: 33.33% 5 out of 15
            checks_failed......: 66.66% 10 out of 15

            ✓ status is 200
            ✗ status is 409 (Already Issued)
            ↳ 0% — ✓ 0 / ✗ 5
            ✗ status is 500
            ↳ 0% — ✓ 0 / ✗ 5

            HTTP
            http_req_duration..............: avg=# min=# med=# max=# p(90)=# p(95)=#
            { expected_response:true }...: avg=# min=# med=# max=# p(90)=# p(95)=#
            { name:call coupon }.........: avg=# min=# med=# max=# p(90)=# p(95)=#
            http_req_failed................: 0.00% 0 out of 5
            http_reqs......................: 5 #

            EXECUTION
            iteration_duration.............: avg=# min=# med=# max=# p(90)=# p(95)=#
            iterations.....................: 5 #

            NETWORK
            data_received..................: # #
            data_sent......................: # #
            """);
    }

    [Fact]
    public async Task Locusts_summary_has_its_columns()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.Hello, server.Url, [.. Short, "--summary", "locust", "--only-summary"]);
        run.ExitCode.ShouldBe(0, run.Everything);
        var lines = run.Output.Split('\n');
        lines[0].ShouldMatch(@"^Type     Name {53} # reqs      # fails \|    Avg     Min     Max    Med \|   req/s  failures/s$");
        lines[2].ShouldMatch(@"^GET      /hello {50} +\d+     0\(0\.00%\) \| +\d+ +\d+ +\d+ +\d+ \| +\d+\.\d\d        0\.00$");
        run.Errors.ShouldContain("onrush: PASSED: ");
    }

    [Fact]
    public async Task Files_of_the_load_test_are_written_and_one_that_cannot_be_is_106()
    {
        await using var server = CountingServer.Start();
        const string summarize = """
            public override IReadOnlyDictionary<string, string>? Summarize(RunSummary run) => new Dictionary<string, string>
            {
                ["loadtest.cs/x"] = "cannot be", ["out/requests.txt"] = $"{run.Requests}", ["stdout"] = $"{run.Endpoints.Count} endpoints\n",
            };
            """;
        var run = await RunAsync(JudgedLoadTests.Class(summarize), server.Url, [.. Short, "--exit-code-on-error", "0", "--only-summary"]);
        run.ExitCode.ShouldBe(106, run.Everything);
        run.Output.TrimEnd().ShouldBe("2 endpoints");
        run.Errors.ShouldContain("onrush: loadtest.cs/x of Summarize cannot be written: ");
        File.ReadAllText(Path.Combine(Folder.Path, "out", "requests.txt")).ShouldBe($"{server.Counts.Answered}");
    }

    private async Task ShouldBeRefusedAsync(string loadTest, string[] options, string error)
    {
        var run = await OnrushCommand.RunAsync(Folder, ["-f", Folder.Write("loadtest.cs", loadTest), "-H", Nowhere.AbsoluteUri, "--headless", "-L", "error", .. Short, .. options]);
        run.ExitCode.ShouldBe(104, run.Everything);
        run.Errors.TrimEnd('\n').ShouldBe(error);
        run.Output.ShouldBeEmpty();
    }

    // Times, rates and bytes: what differs from run to run.
    [GeneratedRegex(@"\b\d+(\.\d+)?(ns|µs|ms|s|m\d+s)(?=\s|$)|\b\d+(\.\d+)?/s|\b\d+(\.\d+)? [kM]?B(/s)?")]
    private static partial Regex Changing();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
