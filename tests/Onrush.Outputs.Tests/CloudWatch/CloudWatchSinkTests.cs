using System.Text.Json;
using Onrush.Measurement;
using Onrush.Outputs.CloudWatch;
using Onrush.Outputs.Tests.Pipeline;
using Onrush.Testing.Targets.Aws;

namespace Onrush.Outputs.Tests.CloudWatch;

/// <summary>The output against a service that checks signatures and limits and adds values up as CloudWatch does.</summary>
public sealed class CloudWatchSinkTests : IAsyncLifetime
{
    private const string Host = "http://shop.example";
    private readonly FixedTime _time = new();
    private readonly List<string> _warnings = [];
    private readonly StringWriter _console = new();
    private AwsServer _server = null!;
    private IReadOnlyList<string> _remarks = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in (_server = await AwsServer.StartAsync(_time)).Variables)
            Environment.SetEnvironmentVariable(name, value);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Sixty_seconds_of_ten_thousand_requests_need_ten_calls_at_most_and_every_request_is_there()
    {
        var ledger = await PlayAsync("region=ap-northeast-2", 60, worker => worker.Requests(9_990, ms: 20).Requests(10, ms: 400, outcome: Outcome.Status, error: "500"), requests: 0);
        ledger.IsComplete.ShouldBeTrue(ledger.Text);
        _server.Calls.Count.ShouldBeLessThanOrEqualTo(10);
        _server.Calls.ShouldAllBe(call => call.Error == null);
        Sum("RequestCount").ShouldBe(600_000);
        Sum("FailureCount").ShouldBe(600);
        All("ResponseTime_ms").Sum(point => point.Count).ShouldBe(599_400);
        All("ResponseTime_ms").Max(point => point.Max).ShouldBe(20);
        All("FailedResponseTime_ms").Sum(point => point.Count).ShouldBe(600);
        All("UserCount").ShouldAllBe(point => point.Max == 10);
        _server.Metrics.Points.Select(point => (point.Id.Namespace, point.Id.Dimensions, point.Id.Name, point.Id.Unit)).Distinct().ShouldBe(
        [
            ("onrush/loadtests", $"Host={Host},Request=/hello", "RequestCount", "Count"),
            ("onrush/loadtests", $"Host={Host},Request=/hello", "ResponseTime_ms", "Milliseconds"),
            ("onrush/loadtests", $"Host={Host},Request=/hello", "FailureCount", "Count"),
            ("onrush/loadtests", $"Host={Host},Request=/hello", "FailedResponseTime_ms", "Milliseconds"),
            ("onrush/loadtests", $"Host={Host},Request=/hello", "ResponseSize_Bytes", "Bytes"),
            ("onrush/loadtests", $"Host={Host}", "UserCount", "Count"),
        ], ignoreOrder: true);
        _remarks.ShouldHaveSingleItem().ShouldStartWith("cloudwatch ap-northeast-2: 6 PutMetricData calls with 36 data of 1 request names");
    }

    [Fact]
    public async Task A_thousand_names_go_in_packed_requests_and_past_the_cap_into_one()
    {
        void Thousand(FakeWorker worker)
        {
            for (int i = 0; i < 1000; i++)
                worker.Requests(3, ms: 1 + i, name: $"/쿠폰 \"{i}\", 100%");
        }

        (await PlayAsync("region=us-east-1&names=1000&period=1s", 2, Thousand, requests: 0)).IsComplete.ShouldBeTrue();
        Sum("RequestCount").ShouldBe(6000);
        var names = _server.Metrics.Points.Where(point => point.Id.Name == "RequestCount").Select(point => AsciiName.Decode(point.Id.Dimensions.Split("Request=")[1])).ToHashSet();
        names.ShouldBe(Enumerable.Range(0, 1000).Select(i => $"/쿠폰 \"{i}\", 100%"), ignoreOrder: true);
        _server.Calls.ShouldAllBe(call => call.Error == null);
        _warnings.ShouldBeEmpty();

        (await PlayAsync("region=us-east-1&names=10&namespace=other", 1, Thousand, requests: 0)).IsComplete.ShouldBeTrue();
        var capped = _server.Metrics.Points.Where(point => point.Id.Namespace == "other" && point.Id.Name == "RequestCount").ToList();
        (capped.Count, capped.Sum(point => point.Point.Count)).ShouldBe((11, 3000));
        capped.Single(point => point.Id.Dimensions.EndsWith("(other)", StringComparison.Ordinal)).Point.Count.ShouldBe(2970);
        _warnings.ShouldHaveSingleItem().ShouldContain("there are more than 10 request names");
        _remarks.ShouldContain("cloudwatch us-east-1: 990 request names past the first 10 were sent as (other).");
    }

    [Theory]
    [InlineData("throttled", 0)]
    [InlineData("broken", 30)]
    [InlineData("dropped", 30)]
    [InlineData("stalled", 30)]
    public async Task After_trouble_everything_is_there_and_doubt_is_told(string kind, int most)
    {
        _server.Trouble = (_, before) => before is 1 or 2
            ? kind switch { "throttled" => AwsTrouble.Throttling, "broken" => AwsTrouble.Internal, "dropped" => new(DropsAnswer: true), _ => new(StallFor: TimeSpan.FromSeconds(30)) }
            : AwsTrouble.None;
        var ledger = await PlayAsync("region=us-east-1&period=1s", 4, _ => { }, requests: 10, timeout: TimeSpan.FromMilliseconds(500));
        (ledger.Produced, ledger.Dropped).ShouldBe((16, 0), ledger.Text);
        ledger.Uncertain.ShouldBe(most == 0 ? 0 : 4);
        // An answer that was lost after the call was carried out: what is stored twice is within what was said to be uncertain.
        Sum("RequestCount").ShouldBeInRange(40, 40 + (kind == "dropped" ? 20 : 0));
        ledger.Retries.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_dropped_and_told()
    {
        _server.Trouble = (_, before) => before == 1 ? new AwsTrouble(new AwsFaultException("AccessDeniedException", "not allowed to perform: cloudwatch:PutMetricData", 403)) : AwsTrouble.None;
        var ledger = await PlayAsync("region=us-east-1&period=1s", 4, _ => { }, requests: 10);
        (ledger.Produced, ledger.Delivered, ledger.Dropped).ShouldBe((16, 12, 4));
        ledger.Text.ShouldContain("not allowed to perform: cloudwatch:PutMetricData");
    }

    [Theory]
    [InlineData("aggregated", 4)]
    [InlineData("sampled&sample=3", 12)]
    public async Task Lines_go_to_a_group_and_stream_that_are_made(string logs, int lines)
    {
        var ledger = await PlayAsync($"region=us-east-1&period=1s&logs={logs}", 2, worker => worker.Requests(5, ms: 7, name: "쿠폰", outcome: Outcome.Status, error: "409"), requests: 10);
        ledger.IsComplete.ShouldBeTrue(ledger.Text);
        var stored = _server.Logs.Lines("LocustTests", "load-generator_run-1").ShouldNotBeNull();
        stored.Count.ShouldBe(lines);
        stored.Count(line => line.Message.Contains("[name=쿠폰]", StringComparison.Ordinal)).ShouldBe(lines / 2);
        stored.ShouldAllBe(line => line.Message.StartsWith("[timestamp=", StringComparison.Ordinal) && line.Message.Contains($"[host={Host}] [request_type=GET]", StringComparison.Ordinal));
        _server.Calls.Select(call => call.Operation).Where(operation => operation != "PutMetricData").ShouldBe(["CreateLogStream", "CreateLogGroup", "CreateLogStream", "PutLogEvents"]);
    }

    [Fact]
    public async Task Lines_that_are_too_old_are_counted_as_lost()
    {
        _time.Now += TimeSpan.FromDays(15);
        _server.Trouble = (operation, _) => operation == "PutMetricData" ? new AwsTrouble(new AwsFaultException("InvalidParameterValue", "too old")) : AwsTrouble.None;
        var ledger = await PlayAsync("region=us-east-1&logs=aggregated", 2, _ => { }, requests: 10);
        (ledger.Delivered, ledger.Dropped).ShouldBe((0, ledger.Produced));
        ledger.Produced.ShouldBe(5);
    }

    [Fact]
    public async Task The_embedded_metric_format_goes_to_the_console_or_the_log()
    {
        (await PlayAsync("mode=emf&period=1s", 2, _ => { }, requests: 10)).IsComplete.ShouldBeTrue();
        var lines = _console.ToString().Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(4);
        _server.Calls.ShouldBeEmpty();
        var hello = lines[0];
        hello.GetProperty("Request").GetString().ShouldBe("/hello");
        var directive = hello.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
        directive.GetProperty("Dimensions")[0].EnumerateArray().Select(name => name.GetString()).ShouldBe(["Host", "Request"]);
        foreach (var metric in directive.GetProperty("Metrics").EnumerateArray())
            hello.TryGetProperty(metric.GetProperty("Name").GetString()!, out _).ShouldBeTrue();
        hello.GetProperty("RequestCount").GetProperty("Sum").GetDouble().ShouldBe(10);

        (await PlayAsync("mode=emf&to=logs&region=us-east-1&log-group=emf", 2, _ => { }, requests: 10)).IsComplete.ShouldBeTrue();
        _server.Logs.Lines("emf", "load-generator_run-1").ShouldNotBeNull().Select(line => JsonDocument.Parse(line.Message).RootElement.GetProperty("_aws").ValueKind).ShouldAllBe(kind => kind == JsonValueKind.Object);
    }

    [Theory]
    [InlineData("region=seoul", "'seoul' is not a region such as ap-northeast-2")]
    [InlineData("region=us-east-1&endpoint=x", "endpoint: 'x' is not a URL")]
    [InlineData("region=us-east-1&namespace=AWS/EC2", "namespace: 'AWS/EC2' is no name CloudWatch takes")]
    [InlineData("region=us-east-1&namespace=부하", "is no name CloudWatch takes")]
    [InlineData("region=us-east-1&role-arn=x", "'x' is not a role such as arn:aws:iam::123456789012:role/loadtest")]
    [InlineData("region=us-east-1&period=0s", "period: 0s is not between 1s and 5m")]
    [InlineData("region=us-east-1&live=false", "this run is not kept (--no-journal)")]
    [InlineData("region=us-east-1&log-group=a b", "log-group: 'a b'")]
    [InlineData("mode=emf&logs=aggregated", "mode=emf writes lines of its own")]
    public async Task What_cannot_be_is_refused(string options, string complaint) =>
        (await Should.ThrowAsync<OutputException>(() => PlayAsync(options, 1, _ => { }, 1))).Message.ShouldContain(complaint);

    private double Sum(string metric) => All(metric).Sum(point => point.Sum);

    private List<StoredPoint> All(string metric) => [.. _server.Metrics.Points.Where(point => point.Id.Name == metric).Select(point => point.Point)];

    private async Task<OutputLedger> PlayAsync(string options, int seconds, Action<FakeWorker> more, int requests, TimeSpan? timeout = null)
    {
        string endpoint = options.Contains("endpoint", StringComparison.Ordinal) ? "" : $"&endpoint={_server.Url}";
        var context = new OutputContext
        {
            RunId = "run-1", LoadTest = "shop", Host = Host, Directory = ".", Console = _console, Warn = _warnings.Add, Time = _time,
        };
        var sink = CloudWatchSink.Make(new OutputOptions(OutputSpec.Parse($"cloudwatch={options}{(options.Contains("mode=emf&period", StringComparison.Ordinal) ? "" : endpoint)}")), context);
        await sink.PrepareAsync(TestContext.Current.CancellationToken);
        await using var pipeline = new OutputPipeline(sink, new PipelineSettings { Warn = _ => { }, Timeout = timeout ?? TimeSpan.FromSeconds(20) });
        var steps = new Steps();
        for (int i = 0; i < seconds; i++)
            pipeline.Add(steps.Next(requests, more));
        pipeline.Add(steps.Stopped());
        pipeline.End();
        await pipeline.Completed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        _remarks = [.. pipeline.Remarks];
        return pipeline.Ledger;
    }

    /// <summary>The clock of the made-up run, so that what it measured is new.</summary>
    private sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeMilliseconds(FakeWorker.StartUnixMs).AddMinutes(2);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
