using System.Globalization;
using Studies.Charts;
using Studies.Pages;
using Studies.Running;

namespace Studies.Documents;

/// <summary>Document 001: a main page, a task set, waits of one to four seconds, and the question whether 400 users are served within a second.</summary>
internal sealed class PlatformStudy() : Study("001", "How many users does the platform hold?")
{
    private const int Threads = 20, Delay = 140, Goal = 400, Limit = 1000;
    private const double MeanWait = 2.5;

    public override async Task RunAsync(StudyWork work)
    {
        work.Page.Text("A post of November 2023 puts load on the main page of a platform with a `TaskSet`, two tasks weighted 1:2 and `between(1, 4)`. "
            + "Its goal: 400 users, requests per second and response times steady, below one second. It says how to tell: when the rate no longer grows and the response time does, there is a bottleneck.");
        work.Page.Text($"Here the platform is the coupon service with {Threads} threads and {Delay} ms of work in each request, so it can answer {Threads * 1000.0 / Delay:0} requests per second and no more. "
            + "The load is [platform.cs](../../samples/loadtests/platform.cs).");
        work.Page.Command("samples/studies/run 001 --quick");

        await using var target = await work.StartAsync("CouponService", "--store", "memory", "--threads", $"{Threads}", "--delay-ms", $"{Delay}");
        SortedDictionary<int, RunResult> runs = [];
        foreach (var users in work.Quick ? new[] { 100, 200, 300, Goal, 500 } : [100, 200, 300, Goal, 450, 500, 600])
            runs[users] = await LoadAsync(work, target, users);
        // Between the most that were held and the fewest that were not.
        for (var step = 0; step < (work.Quick ? 1 : 3); step++)
        {
            var (held, missed) = Bounds(runs);
            if (missed - held > 20)
                runs[(held + missed) / 2] = await LoadAsync(work, target, (held + missed) / 2);
        }

        var (most, fewest) = Bounds(runs);
        var capacity = Threads * 1000.0 / Delay;
        var predicted = capacity * (MeanWait + Limit / 1000.0);
        work.Page.Answer($"It holds {most} users within a second and misses it at {fewest}: {Threads} threads of {Delay} ms answer {capacity:0} requests per second, and from there on more users only wait longer.");
        work.Page.Heading("What came out");
        work.Page.Table(["users", "requests/s", "mean ms", "p95 ms", "failed", "p95 below 1 s"], runs.Select(run => (IReadOnlyList<string>)
            [Say.Whole(run.Key), Say.Number(Rate(run.Value)), Say.Milliseconds(Mean(run.Value)), Say.Milliseconds(P95(run.Value)), Say.Whole(run.Value.All.Failures), Holds(run.Value) ? "yes" : "no"]));
        work.Chart("rate", new LineChart("Requests per second", "users", 
        [
            new ChartLine("requests/s", [.. runs.Select(run => ((double)run.Key, Rate(run.Value)))]),
            new ChartLine($"{Threads} threads / {Delay / 1000.0} s", [(runs.Keys.Min(), capacity), (runs.Keys.Max(), capacity)], IsBound: true),
        ]));
        work.Chart("times", new LineChart("Response time, ms", "users",
        [
            new ChartLine("mean", [.. runs.Select(run => ((double)run.Key, Mean(run.Value)))]),
            new ChartLine("p95", [.. runs.Select(run => ((double)run.Key, P95(run.Value)))]),
            new ChartLine("goal: within a second", [(runs.Keys.Min(), Limit), (runs.Keys.Max(), Limit)], IsBound: true),
        ]));

        work.Page.Text($"The platform holds {most} users within a second and misses it at {fewest}. The goal of {Goal} users is {(most >= Goal ? "reached" : "missed")}. "
            + $"Little's law says the same without a run: at {capacity:0} requests per second and a response time of one second there are {capacity:0} x ({MeanWait} + 1) = {predicted:0} users.");
        work.Findings("What really limited it", runs[runs.Keys.Max()]);

        work.Expect(Holds(runs[Goal]), $"{Goal} users are served within a second (p95 {Say.Milliseconds(P95(runs[Goal]))} ms)");
        work.Expect(!Holds(runs[runs.Keys.Max()]), $"{runs.Keys.Max()} users are not (p95 {Say.Milliseconds(P95(runs[runs.Keys.Max()]))} ms)");
        work.Expect(runs.Values.All(run => run.All.Failures == 0), "no request failed");
        work.Expect(most <= predicted * 1.05 && fewest >= predicted * 0.8, $"the limit, {most} to {fewest} users, agrees with Little's law ({predicted:0})");
        work.Expect(Rate(runs[runs.Keys.Max()]) <= capacity * 1.03, $"never more than {capacity:0} requests per second were answered");
        var shares = runs[Goal].Series;
        work.Expect(Math.Abs((double)shares["coupons"].Requests / shares["main page"].Requests - 2) < 0.3, "the weights 1:2 show in the counts");
        var found = runs[runs.Keys.Max()].Findings.Select(finding => finding.Id).ToList();
        work.Expect(found.Count == 0 || found.Exists(id => id is "saturation" or "little" or "knee" or "saturated"), $"Onrush finds the saturation by itself ({string.Join(", ", found)})");
    }

    private static Task<RunResult> LoadAsync(StudyWork work, TargetProcess target, int users) => work.LoadAsync(
        $"{users} users", "platform.cs", "-H", target.Url, "-u", users.ToString(CultureInfo.InvariantCulture), "-r", users.ToString(CultureInfo.InvariantCulture),
        "-t", work.Quick ? "18s" : "60s");

    // The rush of the start, when nobody waits yet, is left out.
    private static double Rate(RunResult run) => run.SteadyRate(0.6);

    private static double Mean(RunResult run) => run.Steady(0.6) is var steady ? steady.Sum(second => second.MeanMs * second.Rate) / steady.Sum(second => second.Rate) : 0;

    private static double P95(RunResult run) => run.Steady(0.6).Average(second => second.P95Ms);

    private static bool Holds(RunResult run) => P95(run) < Limit && run.All.Failures == 0;

    private static (int Held, int Missed) Bounds(SortedDictionary<int, RunResult> runs) =>
        (runs.Where(run => Holds(run.Value)).Select(run => run.Key).DefaultIfEmpty(0).Max(), runs.Where(run => !Holds(run.Value)).Select(run => run.Key).DefaultIfEmpty(int.MaxValue).Min());
}
