using System.Globalization;
using Studies.Charts;
using Studies.Pages;
using Studies.Running;

namespace Studies.Documents;

/// <summary>Document 004: 10,000 users call once each, and 8,192 of them succeed.</summary>
internal sealed class PeakStudy() : Study("004", "10,000 people, one coupon call each: why do 8,192 succeed?")
{
    private const int People = 10_000, Connections = 8192, AcceptQueue = 100, Threads = 200, Delay = 245;

    // EngineOptions.MaxConnectsInFlight, for each of the loops, of which there is one for each processor.
    private static readonly int ConnectsAtOnce = 128 * Environment.ProcessorCount;

    public override async Task RunAsync(StudyWork work)
    {
        work.Page.Text("The report of a course project sends 10,000 users to a coupon call with k6, each once (`per-vu-iterations`). 8,192 calls succeed, 1,808 do not, the average rate is 163 per second, "
            + "and 100 users hang for a minute. Its conclusion: about 800 per second are handled, so scale out.");
        work.Page.Text($"Here the coupon service has Tomcat's defaults: {Connections} connections, an accept queue of {AcceptQueue}, {Threads} threads; {Delay} ms of work in each call make {Threads * 1000.0 / Delay:0} per second. "
            + "The load is [coupon-peak.cs](../../samples/loadtests/coupon-peak.cs), the same checks, and an audit of the store afterwards. Then the limits are lifted and nothing else is changed.");
        work.Page.Command("samples/studies/run 004 --quick");

        await using var influx = await InfluxDatabase.StartAsync(work.Scratch);
        var (limited, audit, queue) = await LoadAsync(work, influx, "with the limits", $"{Connections}", $"{AcceptQueue}", hold: 62);
        var (lifted, auditLifted, _) = await LoadAsync(work, influx, "without", "0", "10000", hold: 15);

        work.Page.Answer($"Because the target serves {Connections:#,0} connections, the default of Tomcat, and each caller keeps the one it has. It is no question of speed: with that limit lifted and nothing else changed {Say.Whole(Good(lifted))} of {People:#,0} succeed.");
        work.Page.Heading("What came out");
        work.Page.Table(["", "published", "limited", "lifted"],
        [
            ["succeeded", "8,192", Say.Whole(Good(limited)), Say.Whole(Good(lifted))],
            ["failed", "1,808", Say.Whole(limited.All.Failures), Say.Whole(lifted.All.Failures)],
            ["no connection", "", Say.Whole(Unconnected(limited)), Say.Whole(Unconnected(lifted))],
            ["connected, no answer", "100", Say.Whole(Unanswered(limited)), Say.Whole(Unanswered(lifted))],
            ["until the last call ended, s", "61", Say.Number(LastCall(limited)), Say.Number(LastCall(lifted))],
            ["calls/s until then", "163.5", Say.Number(People / LastCall(limited)), Say.Number(People / LastCall(lifted))],
            ["calls/s while they were answered", "about 800", Say.Number(Active(limited)), Say.Number(Active(lifted))],
            ["mean of all, s", "5.22", Say.Number(limited.All.MeanMs / 1000), Say.Number(lifted.All.MeanMs / 1000)],
            ["mean of those that succeeded, s", "5.65", Say.Number(limited.All.SuccessMeanMs / 1000), Say.Number(lifted.All.SuccessMeanMs / 1000)],
            ["slowest that succeeded, s", "10.29", Say.Number(limited.All.SuccessMaxMs / 1000), Say.Number(lifted.All.SuccessMaxMs / 1000)],
        ]);
        work.Chart("answers", new LineChart("Calls answered with success, per second", "seconds since the start",
        [
            new ChartLine("limited", [.. Calling(limited).Select(second => (second.At, second.Rate - second.Failures))]),
            new ChartLine("lifted", [.. Calling(lifted).Select(second => (second.At, second.Rate - second.Failures))]),
        ]));
        work.Chart("inflight", new LineChart("Calls under way", "seconds since the start",
        [
            new ChartLine("limited", [.. Calling(limited).Select(second => (second.At, (double)second.InFlight))]),
            new ChartLine("lifted", [.. Calling(lifted).Select(second => (second.At, (double)second.InFlight))]),
        ]));
        work.Page.Text("Each user of k6 keeps its connection when its only call is over, until the whole run is; here `--hold` makes them do the same. So the 8,192 places are never free again: the next 100 wait in the accept queue until they give up, and those behind them are not even connected. "
            + "The rate over the whole run is not what the service does: the minute in which the 100 hang makes it small. And the service does not need to be scaled out to serve all 10,000: with the limit lifted it does, without another machine.");
        work.Page.Text("On the author's machine connections beyond the queue were refused at once. Linux lets them try again until the connect timeout, so failed calls took no time there and ten seconds here; hence the other mean of all calls.");
        if (AcceptQueueWatch.IsThere)
            work.Page.Text($"How many are connected and never answered follows from the kernel, which was asked during the run: {queue.Waiting} connections stood in the accept queue, one more than the {AcceptQueue} that were asked for, as Linux has it, "
                + (Beside(limited, queue) <= 2 ? "and no other was connected." : $"and {Beside(limited, queue)} more had their handshake under way when it filled: their callers had the kernel's answer and took themselves to be connected, but their own last word came when the queue was full, and was thrown away. "
                + $"That can be as many as Onrush lets connect at once (128 for each processor). The kernel keeps them half open, where {queue.HalfOpen} were seen by looking twice a second, and gives them up after some seconds; their callers do not hear of it."));
        work.Findings("What really limited it", limited);
        await GrafanaAsync(work, influx, limited, lifted);

        work.Expect(Math.Abs(Good(limited) - Connections) <= 8, $"about {Connections} calls succeed ({Good(limited)})");
        work.Expect(limited.All.Failures == People - Good(limited), "all others fail");
        work.Expect(Unanswered(limited) >= AcceptQueue && Unanswered(limited) <= AcceptQueue + 1 + ConnectsAtOnce, $"the accept queue of {AcceptQueue} and those whose handshake was under way when it filled were connected and never answered ({Unanswered(limited)})");
        // Half open are also those whose last word is only on its way when the kernel is asked: as many as connect at once, again.
        if (AcceptQueueWatch.IsThere)
            work.Expect(Math.Abs(queue.Waiting - AcceptQueue - 1) <= 1 && Beside(limited, queue) is var beside && beside >= -2 && beside <= ConnectsAtOnce && queue.HalfOpen <= ConnectsAtOnce,
                $"{queue.Waiting} of them stood in the kernel's queue, and no more than were connecting at once, {Beside(limited, queue)}, beside it ({queue.HalfOpen} were seen half open)");
        work.Expect(Active(limited) is > 600 and < 900, $"the service answers about 800 per second ({Active(limited):0})");
        work.Expect(People / LastCall(limited) < 200, $"the rate up to the last call says something else ({People / LastCall(limited):0})");
        work.Expect(audit.Oversold == 0 && audit.DoubleIssued == 0 && audit.Issued == Good(limited), "every success is one coupon in the store");
        work.Expect(Good(lifted) == People && lifted.All.Failures == 0 && auditLifted.Issued == People, "with the limit lifted all 10,000 succeed");
        work.Expect(!limited.Verdict.Contains("OnTestEnd", StringComparison.Ordinal), "the load test's own audit found nothing wrong");
        work.Expect(limited.Findings is [{ Id: "connection-limit" } first, ..] && first.Text.Contains("8,192 connections", StringComparison.Ordinal), "what Onrush finds first is that successes stop at 8,192 connections");
    }

    // The document looked at its figures in Grafana, fed by InfluxDB: what the dashboard of this repository asks has an answer after such a run.
    private static async Task GrafanaAsync(StudyWork work, InfluxDatabase? influx, RunResult limited, RunResult lifted)
    {
        work.Page.Heading("In InfluxDB and Grafana");
        if (influx is null)
        {
            work.Page.Text("InfluxDB is not installed where this page was made (Debian package influxdb), so this part was left out.");
            return;
        }
        var there = await influx.NumberAsync("load", "SELECT sum(\"requests\") FROM \"onrush_run\"");
        var panels = await influx.AskDashboardAsync("load", "onrush-influxdb.json");
        work.Page.Text($"Both runs were sent to a real InfluxDB with `--out influxdb=...`, and every question of [the dashboard](../guide/grafana.md) was asked of it as Grafana asks: {panels.Sum(panel => panel.Questions)} questions of {panels.Count} panels.");
        work.Page.Table(["panel", "questions", "rows that came back"], panels.Select(panel => (IReadOnlyList<string>)[panel.Panel, Say.Whole(panel.Questions), Say.Whole(panel.Rows)]));
        work.Expect((long)there == limited.All.Requests + lifted.All.Requests, $"InfluxDB has every call of both runs ({Say.Whole(there)})");
        work.Expect(panels.Sum(panel => panel.Unanswered) == 0, $"every question of the Grafana dashboard has an answer ({panels.Sum(panel => panel.Questions)})");
    }

    private static async Task<(RunResult Run, CouponAudit Audit, (int Waiting, int HalfOpen) Queue)> LoadAsync(StudyWork work, InfluxDatabase? influx, string how, string connections, string queue, int hold)
    {
        await using var target = await work.StartAsync("CouponService", "--store", "file", "--file", $"coupons-{connections}", "--quantity", "10000",
            "--threads", $"{Threads}", "--delay-ms", $"{Delay}", "--max-connections", connections, "--accept-count", queue);
        await using var watch = new AcceptQueueWatch(target.Url);
        string[] output = influx is null ? [] : ["--out", $"influxdb={influx.Url}/load"];
        var run = await work.LoadAsync($"10,000 people {how}", "coupon-peak.cs",
            ["-H", target.Url, "--audit", target.Url, "--people", People.ToString(CultureInfo.InvariantCulture), "--hold", hold.ToString(CultureInfo.InvariantCulture), .. output]);
        return (run, await target.AuditAsync(), watch.Full);
    }

    private static long Good(RunResult run) => run.All.Requests - run.All.Failures;

    private static long Unconnected(RunResult run) => run.All.Outcomes.GetValueOrDefault("connectTimeout") + run.All.Outcomes.GetValueOrDefault("refused");

    private static long Unanswered(RunResult run) => run.All.Outcomes.GetValueOrDefault("readTimeout");

    private static long Beside(RunResult run, (int Waiting, int HalfOpen) queue) => Unanswered(run) - queue.Waiting;

    private static IEnumerable<SecondResult> Calling(RunResult run) => run.Course.Where(second => second.At < LastCall(run));

    // Users keep their connections for a while after it.
    private static double LastCall(RunResult run) => run.Course.Last(second => second.Rate > 0).At + 1;

    private static double Active(RunResult run) => run.Course.Where(second => second.Rate - second.Failures > 100).Skip(1).SkipLast(1).Average(second => second.Rate - second.Failures);
}
