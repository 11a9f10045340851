using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Studies.Charts;
using Studies.Pages;
using Studies.Running;

namespace Studies.Documents;

/// <summary>Document 000: a greeting that takes half a second, a master and three workers, 1,000 users.</summary>
internal sealed class HelloStudy() : Study("000", "1,000 users and a greeting: why 400 requests per second?")
{
    private const string Seconds = "seconds since the start";
    private const int Users = 1000, Threads = 200, Delay = 500, Workers = 3;

    public override async Task RunAsync(StudyWork work)
    {
        const double ceiling = Threads * 1000.0 / Delay;
        work.Page.Text("A post of February 2024 sets up a load test for a system that gives out coupons: Locust with a master and three workers, 1,000 users without waits, and `GET /hello`, which sleeps for 500 ms. "
            + "It shows the page, the charts and the report, and does not ask what the figures mean.");
        work.Page.Text($"Here the coupon service has {Threads} threads, as many as the Tomcat of the post has by default, and {Delay} ms of work in each request. A master and three workers, each a process, run [hello-world.cs](../../samples/loadtests/hello-world.cs).");
        work.Page.Command("samples/studies/run 000 --quick");

        await using var target = await work.StartAsync("CouponService", "--store", "memory", "--threads", $"{Threads}", "--delay-ms", $"{Delay}");
        var port = FreePort();
        await using var workers = work.StartWorkers(Workers, port);
        var run = await work.LoadAsync($"{Users} users on {Workers} workers", "hello-world.cs",
            "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", port, "--expect-workers", $"{Workers}",
            "-H", target.Url, "-u", $"{Users}", "-r", "100", "-t", work.Quick ? "40s" : "90s");

        var (rate, mean) = (run.SteadyRate(0.5), Mean(run));
        work.Page.Answer($"{rate:0} requests per second, because {Threads} threads are busy for half a second with each. {Users:#,0} users only wait longer for them than {ceiling * Delay / 1000:0} would: {mean / 1000:0.0} s instead of {Delay / 1000.0} s.");
        work.Page.Heading("What came out");
        work.Page.Table(["requests", "failed", "requests/s at the end", "mean ms at the end", "p95 ms", "most users"],
            [[Say.Whole(run.All.Requests), Say.Whole(run.All.Failures), Say.Number(rate), Say.Milliseconds(mean), Say.Milliseconds(run.All.P95Ms), Say.Whole(run.Course.Max(second => second.Users))]]);
        work.Chart("rate", new LineChart("Requests per second", Seconds,
        [
            new ChartLine("requests/s", [.. run.Course.SkipLast(1).Select(second => (second.At, second.Rate))]),
            new ChartLine($"{Threads} threads / {Delay / 1000.0} s", [(0, ceiling), (run.Course.SkipLast(1).Last().At, ceiling)], IsBound: true),
        ]));
        work.Chart("times", new LineChart("Response time, ms", Seconds,
        [
            new ChartLine("mean", [.. run.Course.SkipLast(1).Select(second => (second.At, second.MeanMs))]),
            new ChartLine("p95", [.. run.Course.SkipLast(1).Select(second => (second.At, second.P95Ms))]),
        ]));
        work.Page.Text($"{Threads} threads that are busy for half a second each make {ceiling:0} requests per second, whatever comes in. From {ceiling * Delay / 1000:0} users on each further one only waits: "
            + $"{Users} users without waits make {Users / ceiling:0.0} seconds of response time, {ceiling * Delay / 1000:0} of them at work and the rest in line. More workers change nothing about it.");
        work.Findings("What really limited it", run);

        work.Expect(Math.Abs(rate - ceiling) < ceiling * 0.05, $"the rate stops at {ceiling:0} per second ({rate:0})");
        work.Expect(Math.Abs(mean - Users / ceiling * 1000) < 250, $"1,000 users wait {Users / ceiling:0.0} s on average ({mean / 1000:0.00} s)");
        work.Expect(run.Course.Max(second => second.Users) == Users, "three workers have 1,000 users together");
        work.Expect(run.All.Failures == 0, "no request failed");
        work.Expect(run.Findings is [{ Id: "saturation" } first, ..] && first.Text.Contains($"about {Threads} requests at a time", StringComparison.Ordinal), $"what Onrush finds first is the saturation, and that it works on {Threads} requests at a time");
    }

    private static double Mean(RunResult run) => run.Steady(0.5) is var steady ? steady.Sum(second => second.MeanMs * second.Rate) / steady.Sum(second => second.Rate) : 0;

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
