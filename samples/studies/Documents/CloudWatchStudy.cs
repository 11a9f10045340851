using System.Globalization;
using System.Text.Json;
using Onrush.Testing.Targets.Aws;
using Studies.Charts;
using Studies.Pages;
using Studies.Running;

namespace Studies.Documents;

/// <summary>Document 002: results of a load test in CloudWatch, while it runs or when it is over, on a dashboard beside the target's, and what that costs.</summary>
internal sealed class CloudWatchStudy() : Study("002", "CloudWatch: live, afterwards, and what it costs")
{
    // Of the document's connector, and of the price list in it.
    private const int ResultsPerCall = 5;
    private const double DrainSecondsPerCall = 0.1, DollarsPerThousandCalls = 0.01;
    private const int OurPeriodSeconds = 10, MoreOften = 10_000;

    public override async Task RunAsync(StudyWork work)
    {
        var seconds = work.Quick ? 20 : 60;
        work.Page.Text("A post describes a connector that sends the results of Locust to CloudWatch, so that they can be seen beside those of the EC2 instances: with `--live=True` while the test runs, otherwise after Ctrl-C. "
            + $"It makes a call for every {ResultsPerCall} results, and tells how long the rest will take: `left Queue : 13446 left time : 268.92 s`. At its end stands the price list.");
        work.Page.Text("Here there is no AWS: the calls go to a [service in this repository](../../tests/Onrush.Testing.Targets/Aws) that checks signatures and holds every limit that AWS documents. "
            + $"The load is [platform.cs](../../samples/loadtests/platform.cs), 100 users for {seconds} s on the coupon service, sent each second ([guide](../guide/cloudwatch.md)).");
        work.Page.Command("samples/studies/run 002 --quick");

        await using var aws = await AwsServer.StartAsync();
        await using var target = await work.StartAsync("CouponService", "--store", "memory", "--delay-ms", "20");
        var live = await SendAsync(work, aws, target, "live", seconds);
        var after = await SendAsync(work, aws, target, "live=false", seconds);

        work.Page.Answer($"Every request is in CloudWatch once, the first {live.First:0.0} s after the command was started or all of them when the run is over, with a call a second at most. "
            + $"At {MoreOften:#,0} requests per second an hour of it costs {Dollars(3600.0 / OurPeriodSeconds)} USD in calls, where the connector's cost {Dollars(MoreOften * 3600.0 / ResultsPerCall)}.");
        work.Page.Heading("What came out");
        work.Page.Table(["", "live", "afterwards"],
        [
            ["requests, told by Onrush", Say.Whole(live.Run.All.Requests), Say.Whole(after.Run.All.Requests)],
            ["requests, the sum of `RequestCount`", Say.Whole(live.Sum("RequestCount")), Say.Whole(after.Sum("RequestCount"))],
            ["first there, s after the command was started", Say.Number(live.First), Say.Number(after.First)],
            ["last there", Say.Number(live.Last), Say.Number(after.Last)],
            ["PutMetricData calls", Say.Whole(live.Calls), Say.Whole(after.Calls)],
            ["p95 told by Onrush, ms", Say.Milliseconds(live.Run.All.P95Ms), Say.Milliseconds(after.Run.All.P95Ms)],
            ["p95 of `ResponseTime_ms`", Say.Milliseconds(live.P95), Say.Milliseconds(after.P95)],
        ]);
        work.Chart("there", new LineChart("Requests that are in CloudWatch", "seconds since the command was started", [new ChartLine("live", live.Course), new ChartLine("afterwards", after.Course)]));
        work.Page.Text("Response times are sent as distributions, not one by one, so CloudWatch makes its own percentiles of them. Sending is nobody's think time: users do not wait for it.");

        var widgets = await DashboardAsync(work, aws);
        Cost(work, live.Run);
        Expect(work, aws, live, after, seconds, widgets);
    }

    private static async Task<CloudWatchRun> SendAsync(StudyWork work, AwsServer aws, TargetProcess target, string how, int seconds)
    {
        var space = $"shop/loadtests/{how.Replace('=', '-')}";
        var before = Calls(aws);
        await using var arriving = new Arrivals(aws, space);
        var run = await work.KeptLoadAsync($"100 users, {how}", "platform.cs", aws.Variables, "-H", target.Url, "-u", "100", "-r", "100", "-t", $"{seconds}s", "--require-outputs",
            "--out", $"cloudwatch=region=ap-northeast-2&namespace={space}&endpoint={aws.Url}&period=1s{(how == "live" ? "" : $"&{how}")}");
        return new CloudWatchRun(run, [.. aws.Metrics.Points.Where(point => point.Id.Namespace == space).Select(point => (point.Id, point.Point))], await arriving.EndAsync(), Calls(aws) - before);
    }

    private static int Calls(AwsServer aws) => aws.Calls.Count(call => call.Operation == "PutMetricData");

    private static async Task<IReadOnlyList<string>> DashboardAsync(StudyWork work, AwsServer aws)
    {
        string[] arguments =
        [
            "dashboard", "cloudwatch", "--name", "shop", "--region", "ap-northeast-2", "--namespace", "shop/loadtests/live", "--ec2", "i-0123456789abcdef0", "--asg", "web",
            "--alb", "app/shop/50dc6c495c0c9188", "--rds", "shop-db",
        ];
        var (code, _, errors) = await OnrushProcess.CommandAsync([.. arguments, "--endpoint", aws.Url.AbsoluteUri], work.Scratch, aws.Variables);
        if (code != 0)
            throw new StudyException($"the dashboard could not be put: {errors}");
        using var body = JsonDocument.Parse(aws.Dashboards["shop"]);
        List<string> titles = [.. body.RootElement.GetProperty("widgets").EnumerateArray().Select(widget => widget.GetProperty("properties"))
            .Where(widget => widget.TryGetProperty("title", out _)).Select(widget => widget.GetProperty("title").GetString()!)];
        work.Page.Heading("One dashboard for the load and the target");
        work.Page.Command($"onrush {string.Join(' ', arguments)}");
        work.Page.Text($"puts {titles.Count} widgets there: {string.Join(", ", titles)}. The sum over all requests is the document's query, `SELECT SUM(RequestCount) FROM SCHEMA(..., Host,Request)`; a dashboard may have one in each widget.");
        return titles;
    }

    private static void Cost(StudyWork work, RunResult run)
    {
        var ours = 3600.0 / OurPeriodSeconds;
        work.Page.Heading("What an hour costs");
        work.Page.Table(["requests per second", "calls of the connector", "USD", "calls of Onrush, every 10 s", "USD", "hours that the connector still sends after an hour that was not live"], new[] { run.All.Rate, MoreOften }.Select(rate => (IReadOnlyList<string>)
        [
            Say.Whole(rate), Say.Whole(rate * 3600 / ResultsPerCall), Dollars(rate * 3600 / ResultsPerCall), Say.Whole(ours), Dollars(ours),
            Say.Number(rate * 3600 / ResultsPerCall * DrainSecondsPerCall / 3600),
        ]));
        work.Page.Text("At the document's 0.01 USD for 1,000 calls; metrics themselves cost extra, by their number. The connector's calls grow with the requests, ours with the time and with the number of request names: up to 1,000 data are in one call.");
    }

    private static void Expect(StudyWork work, AwsServer aws, CloudWatchRun live, CloudWatchRun after, int seconds, IReadOnlyList<string> widgets)
    {
        foreach (var (how, run) in new[] { ("live", live), ("afterwards", after) })
        {
            work.Expect(run.Run.ExitCode == 0 && Math.Abs(run.Sum("RequestCount") - run.Run.All.Requests) < 0.5, $"{how}: every request is in CloudWatch, once ({Say.Whole(run.Sum("RequestCount"))})");
            work.Expect(Math.Abs(run.P95 - run.Run.All.P95Ms) < run.Run.All.P95Ms * 0.05, $"{how}: its p95 is ours within 5 % ({Say.Milliseconds(run.P95)} and {Say.Milliseconds(run.Run.All.P95Ms)} ms)");
            work.Expect(run.Calls <= seconds + 5, $"{how}: a call each second at most ({run.Calls}), whatever the rate");
        }
        work.Expect(live.Last - live.First > seconds * 0.6, $"live: figures arrive all through the run (for {Say.Number(live.Last - live.First)} s)");
        work.Expect(after.First >= seconds, $"afterwards: none is there before the run is over (after {Say.Number(after.First)} s)");
        work.Expect(aws.Calls.All(call => call.Error is null), "the service, stricter than AWS, refused nothing");
        work.Expect(widgets.Count >= 8, $"the dashboard shows the load and the target ({widgets.Count} widgets)");
    }

    private static string Dollars(double calls) => (calls / 1000 * DollarsPerThousandCalls).ToString("#,0.0000", CultureInfo.InvariantCulture);
}

/// <summary>A run, and what came of it to CloudWatch.</summary>
/// <param name="Run">The run.</param>
/// <param name="Points">What is there.</param>
/// <param name="Course">How many requests were there, by seconds since the command was started.</param>
/// <param name="Calls">Calls that it took.</param>
internal sealed record CloudWatchRun(RunResult Run, IReadOnlyList<(MetricId Id, StoredPoint Point)> Points, IReadOnlyList<(double Second, double Requests)> Course, int Calls)
{
    /// <summary>When the first figures were there.</summary>
    public double First => Course.First(point => point.Requests > 0).Second;

    /// <summary>When the last ones were.</summary>
    public double Last => Course.First(point => point.Requests >= Course[^1].Requests).Second;

    /// <summary>95th percentile of all response times, from the distributions.</summary>
    public double P95 => Points.Where(point => point.Id.Name == "ResponseTime_ms").Select(point => point.Point).Aggregate((one, other) => one.Join(other)).Percentile(0.95) ?? 0;

    /// <summary>Sum of a metric.</summary>
    public double Sum(string metric) => Points.Where(point => point.Id.Name == metric).Sum(point => point.Point.Sum);
}
