using System.Diagnostics.Metrics;
using System.Text;
using Onrush.Measurement;
using Onrush.Outputs.Otlp;
using Onrush.Outputs.Tests.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Onrush.Outputs.Tests.Otlp;

public sealed class OtlpSinkTests : IAsyncLifetime
{
    private readonly List<string> _warnings = [];
    private OtlpReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await OtlpReceiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData("", 10, 20, 30)]
    [InlineData("&temporality=delta", 10, 10, 10)]
    public async Task Points_are_cumulative_or_differences(string more, params int[] expected)
    {
        var ledger = await PlayAsync($"&period=1s{more}", 3, _ => { }, 10);
        ledger.IsComplete.ShouldBeTrue(ledger.Text);
        var durations = _receiver.Messages.Select(message => Metric(message, "http.client.request.duration")).Take(3).ToList();
        durations.Select(metric => metric.One(10).One(1).Number(4)).ShouldBe(expected.Select(n => (ulong)n));
        durations.ShouldAllBe(metric => metric.One(10).Number(2) == (more.Length > 0 ? 1ul : 2ul) && metric.Text(3) == "s");
        durations[0].One(10).One(1).Attributes(1).ShouldBe("http.request.method=GET onrush.request.name=/hello onrush.scenario=s server.address=shop.example server.port=8080");
        _receiver.Messages.First().One(1).One(1).Attributes(1).ShouldBe("onrush.load_test=shop onrush.run.id=run-1 service.name=onrush");
        // A cumulative point begins with the run, a difference with its interval.
        var starts = durations.Select(metric => metric.One(10).One(1).Number(2)).Distinct().Count();
        starts.ShouldBe(more.Length > 0 ? 3 : 1);
    }

    [Fact]
    public async Task Failures_statuses_users_and_other_protocols_are_there()
    {
        await PlayAsync("", 2, worker =>
        {
            worker.Requests(2, ms: 30, name: "쿠폰", outcome: Outcome.Reset, error: "connection reset");
            worker.End(worker.Begin("/hello"), 5, more: new RequestSample { Status = 200, BytesSent = 100, BytesReceived = 250 });
            worker.End(worker.Begin("publish", "MQTT"), 5);
        }, 3);
        var last = _receiver.Messages.Last();
        Points(last, "onrush.requests.failed").ShouldBe(["error.type=Reset http.request.method=GET onrush.request.name=쿠폰 onrush.scenario=s server.address=shop.example server.port=8080: 4"]);
        Points(last, "onrush.http.responses").ShouldContain("http.request.method=GET http.response.status_code=200 onrush.request.name=/hello onrush.scenario=s server.address=shop.example server.port=8080: 2");
        Points(last, "onrush.data.received").ShouldHaveSingleItem().ShouldEndWith(": 500");
        Points(last, "onrush.users").ShouldBe([": 10"]);
        Metric(last, "onrush.request.duration").One(10).One(1).Attributes(1).ShouldBe("onrush.request.method=MQTT onrush.request.name=publish onrush.scenario=s");
    }

    [Fact]
    public async Task The_distribution_is_the_one_that_the_official_SDK_makes_of_the_same_values()
    {
        double[] milliseconds = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(1.02, i))];
        await PlayAsync("", 1, worker =>
        {
            foreach (double ms in milliseconds)
                worker.Requests(1, ms);
        }, 0);
        var ours = Metric(_receiver.Messages.Single(), "http.client.request.duration");
        _receiver.Messages.Clear();

        using var meter = new Meter("judge");
        var options = new OtlpExporterOptions { Endpoint = new Uri(_receiver.Url, "/v1/metrics"), Protocol = OtlpExportProtocol.HttpProtobuf };
        using (var provider = Sdk.CreateMeterProviderBuilder().AddMeter("judge")
            .AddView("http.client.request.duration", new Base2ExponentialBucketHistogramConfiguration { MaxSize = ExponentialBuckets.Most })
            .AddReader(new BaseExportingMetricReader(new OtlpMetricExporter(options))).Build())
        {
            var histogram = meter.CreateHistogram<double>("http.client.request.duration", "s", "Duration of HTTP client requests.");
            foreach (double ms in milliseconds)
                histogram.Record(ms / 1000, new KeyValuePair<string, object?>("http.request.method", "GET"));
            provider.ForceFlush().ShouldBeTrue();
        }

        var theirs = Metric(_receiver.Messages.First(), "http.client.request.duration");
        ours.Fields.ShouldBe(theirs.Fields);
        ours.One(10).Fields.ShouldBe(theirs.One(10).Fields);
        var (our, their) = (ours.One(10).One(1), theirs.One(10).One(1));
        our.Number(4).ShouldBe(their.Number(4));
        our.Real(5).ShouldBe(their.Real(5), their.Real(5) * 0.005);
        our.Signed(6).ShouldBe(their.Signed(6));
        our.Real(12).ShouldBe(their.Real(12), 1e-6);
        our.Real(13).ShouldBe(their.Real(13), 1e-3);
        // Buckets of the same bounds: what lies at an edge may be one bucket off, since we keep times within 0.4 %.
        var (left, right) = (Spread(our), Spread(their));
        (left.Keys.Min() - right.Keys.Min()).ShouldBeInRange(-1, 1);
        (left.Keys.Max() - right.Keys.Max()).ShouldBeInRange(-1, 1);
        ulong seen = 0, known = 0;
        foreach (int index in left.Keys.Union(right.Keys).Order())
        {
            seen += left.GetValueOrDefault(index);
            known += right.GetValueOrDefault(index);
            Math.Abs((long)seen - (long)known).ShouldBeLessThanOrEqualTo(3, $"up to bucket {index}");
        }
    }

    [Fact]
    public async Task What_is_rejected_in_part_is_counted_and_what_is_throttled_is_sent_again()
    {
        // Field 1 is a message with field 1 = 2 points and field 2 = the reason.
        byte[] reason = Encoding.UTF8.GetBytes("too many series");
        byte[] partial = [0x08, 2, 0x12, (byte)reason.Length, .. reason];
        _receiver.Answer = number => number switch { 1 => (503, []), 3 => (200, [0x0A, (byte)partial.Length, .. partial]), _ => (200, []) };
        var ledger = await PlayAsync("&period=1s", 3, _ => { }, 10);
        (ledger.Dropped, ledger.Retries).ShouldBe((2, 1));
        ledger.Text.ShouldContain("too many series");
        (ledger.Delivered + ledger.Dropped).ShouldBe(ledger.Produced);
    }

    [Fact]
    public async Task A_thousand_names_are_capped_visibly()
    {
        await PlayAsync("&names=100&headers=Authorization:Bearer x", 1, worker =>
        {
            for (int i = 0; i < 1000; i++)
                worker.Requests(1, name: $"/{i}");
        }, 0);
        var points = Metric(_receiver.Messages.Single(), "http.client.request.duration").One(10).All(1).ToList();
        (points.Count, points.Sum(point => (long)point.Number(4))).ShouldBe((101, 1000));
        _warnings.ShouldHaveSingleItem().ShouldContain("more than 100 request names");
        _receiver.Headers.Authorization.ToString().ShouldBe("Bearer x");
    }

    [Theory]
    [InlineData("otlp=localhost:4318", "is not a URL such as http://127.0.0.1:4318")]
    [InlineData("otlp=http://h&temporality=both", "temporality: 'both' is none of cumulative, delta")]
    public void What_cannot_be_is_refused(string text, string complaint) => Should.Throw<OutputException>(() => Make(text)).Message.ShouldContain(complaint);

    private static ProtoMessage Metric(ProtoMessage message, string name) => message.One(1).One(2).All(2).Single(metric => metric.Text(1) == name);

    private static IEnumerable<string> Points(ProtoMessage message, string name)
    {
        var metric = Metric(message, name);
        return metric.One(metric.Fields.Single(field => field > 3)).All(1).Select(point => $"{(point.Fields.Contains(7) ? point.Attributes(7) : "")}: {point.Real(4)}");
    }

    private static Dictionary<int, ulong> Spread(ProtoMessage point)
    {
        var buckets = point.One(8);
        int offset = (int)buckets.Signed(1);
        return buckets.Packed(2).Select((count, i) => (Index: offset + i, Count: count)).Where(bucket => bucket.Count > 0).ToDictionary(bucket => bucket.Index, bucket => bucket.Count);
    }

    private IOutputSink Make(string text) => OtlpSink.Make(new OutputOptions(OutputSpec.Parse(text)), new OutputContext
    {
        RunId = "run-1", LoadTest = "shop", Host = "http://shop.example:8080", Directory = ".", Console = TextWriter.Null, Warn = _warnings.Add,
    });

    private async Task<OutputLedger> PlayAsync(string options, int seconds, Action<FakeWorker> more, int requests)
    {
        var sink = Make($"otlp={_receiver.Url}{options}");
        (await sink.PrepareAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
        await using var pipeline = new OutputPipeline(sink, new PipelineSettings { Warn = _ => { } });
        var steps = new Steps();
        for (int i = 0; i < seconds; i++)
            pipeline.Add(steps.Next(requests, more));
        pipeline.Add(steps.Stopped());
        pipeline.End();
        await pipeline.Completed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return pipeline.Ledger;
    }
}
