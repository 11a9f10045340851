using System.Globalization;
using Studies.Charts;
using Studies.Pages;
using Studies.Running;

namespace Studies.Documents;

/// <summary>Document 003: one echo server as a single process, several processes, threads; which is best?</summary>
internal sealed class SocketStudy() : Study("003", "Single, process, thread, async: which socket server is best?")
{
    private const double MeanWait = 10;
    private static readonly string[] Kinds = ["single", "process", "thread", "async"];

    // As published: requests per second, mean response time in milliseconds.
    private static readonly (string Kind, double Rate, double MeanMs, string Remark)[] Published =
    [
        ("single", 644.4, 4778, "consistent"),
        ("process", 273.8, 12_425, "not steady: thousands of users are not accounted for"),
        ("thread", 322.44, 667, "stopped while users were still being started"),
    ];

    public override async Task RunAsync(StudyWork work)
    {
        var (users, length) = (10_000, work.Quick ? "24s" : "60s");
        work.Page.Text("A class report puts 10,000 users, 1,000 more each second, on an echo server over bare sockets, once as a single process, once with a process and once with a thread for each connection. "
            + "The single process came out best, and its author did not believe it.");
        work.Page.Text("The servers are [SocketServers](../guide/sample-targets.md); its `process` is a few processes started before, since .NET cannot fork. The load is [quickstart.cs](../../samples/loadtests/quickstart.cs).");
        work.Page.Command("samples/studies/run 003 --quick");

        Dictionary<string, RunResult> waiting = [], eager = [], working = [];
        foreach (var kind in Kinds)
        {
            await using (var target = await work.StartAsync("SocketServers", kind))
            {
                waiting[kind] = await work.LoadAsync($"{kind}, {users} users with waits", "quickstart.cs",
                    "-H", target.Url, "-u", users.ToString(CultureInfo.InvariantCulture), "-r", "1000", "-t", length);
                eager[kind] = await work.LoadAsync($"{kind}, 64 users without", "quickstart.cs", "-H", target.Url, "-u", "64", "-r", "64", "-t", work.Quick ? "4s" : "10s", "--wait", "0");
            }
            await using (var target = await work.StartAsync("SocketServers", kind, "--work-ms", "20"))
                working[kind] = await work.LoadAsync($"{kind}, 64 users without, 20 ms of work", "quickstart.cs", "-H", target.Url, "-u", "64", "-r", "64", "-t", work.Quick ? "4s" : "10s", "--wait", "0");
        }

        double Eager(string kind) => eager[kind].SteadyRate(0.7);
        double Working(string kind) => working[kind].SteadyRate(0.7);
        var best = Kinds.MaxBy(Eager)!;
        var bestAtWork = Kinds.MaxBy(Working)!;
        work.Page.Answer($"The report could not know: users who wait ten seconds make {users / MeanWait:#,0} requests per second with any of them. Without waits {best} is first as long as a handler does nothing; "
            + $"with 20 ms of work in each request {bestAtWork} does {Working(bestAtWork) / Working("single"):0} times as many as the single process.");
        work.Page.Heading("10,000 users, 1,000 per second, waits of 5 to 15 seconds");
        work.Page.Table(["server", "requests/s at the end", "mean ms", "p99 ms", "failed", "users by Little's law"], Kinds.Select(kind => (IReadOnlyList<string>)
        [
            kind, Say.Number(waiting[kind].SteadyRate(0.25)), Say.Milliseconds(waiting[kind].All.MeanMs), Say.Milliseconds(waiting[kind].All.P99Ms), Say.Whole(waiting[kind].All.Failures),
            Say.Whole(Implied(waiting[kind].SteadyRate(0.25), SteadyMean(waiting[kind]))),
        ]));
        work.Chart("rate", new LineChart("Requests per second", "seconds since the start", [.. Kinds.Select(kind => new ChartLine(kind, [.. Going(waiting[kind]).Select(second => (second.At, second.Rate))]))]));
        work.Page.Text($"All four look alike, and must: users who wait ten seconds on average make {users / MeanWait:#,0} requests per second at most, whatever the server could do. A setup like this cannot rank fast servers.");

        work.Page.Heading("64 users without waits");
        work.Page.Table(["server", "requests/s", "p99 ms", "failed", "requests/s with 20 ms of work", "p99 ms", "failed"], Kinds.Select(kind => (IReadOnlyList<string>)
        [
            kind, Say.Whole(Eager(kind)), Say.Milliseconds(eager[kind].All.P99Ms), Say.Whole(eager[kind].All.Failures),
            Say.Whole(Working(kind)), Say.Milliseconds(working[kind].All.P99Ms), Say.Whole(working[kind].All.Failures),
        ]));
        work.Page.Text($"Without waits the servers are the limit, and a handler that does nothing rewards the server that does least around it. Here that is {best}; {string.Join(", ", Kinds.Where(kind => kind != best).OrderByDescending(Eager).Select(kind => $"{kind} does {Eager(kind) / Eager(best):0 %}"))} of its requests. "
            + "That a single process comes out above threads, as the author saw, is possible, and says nothing about servers that have something to do. "
            + "As soon as each answer waits 20 ms for something, the order turns: one at a time is 50 per second, four processes are 200, and threads and async serve all 64 at once, which is 3,200 at the most.");

        work.Page.Heading("The published table and Little's law");
        work.Page.Text($"Users = requests per second x (waiting + response time), with {MeanWait:0} s of waiting. What is missing to 10,000 was not in the state the table claims.");
        work.Page.Table(["server", "requests/s", "mean ms", "users by Little's law", ""], Published.Select(row => (IReadOnlyList<string>)
            [row.Kind, Say.Number(row.Rate), Say.Whole(row.MeanMs), Say.Whole(Implied(row.Rate, row.MeanMs)), row.Remark]));
        work.Page.Text("So only its row for the single process is that of 10,000 users. What held that one at 4.8 seconds, when the same kind of server answers at once here, cannot be known from the report: the terminal that each request was printed to, "
            + "the load generator, or the machine. A line that says whether the generator had room would have told.");
        work.Findings("What really limited it", waiting["single"]);

        foreach (var kind in Kinds)
        {
            work.Expect(Math.Abs(waiting[kind].SteadyRate(0.25) - users / MeanWait) < users / MeanWait * 0.1, $"{kind}: {users / MeanWait:#,0} requests per second, all that the users can make");
            work.Expect(waiting[kind].All.Failures <= waiting[kind].All.Requests / 1000, $"{kind}: at most one in a thousand failed ({waiting[kind].All.Failures})");
        }
        work.Expect(Math.Abs(Implied(waiting["single"].SteadyRate(0.25), SteadyMean(waiting["single"])) - users) < users * 0.1, "Little's law accounts for the 10,000 users of our run");
        work.Expect(Math.Abs(Implied(Published[0].Rate, Published[0].MeanMs) - users) < users * 0.1, "and of the published row for the single process");
        work.Expect(Published.Skip(1).All(row => Implied(row.Rate, row.MeanMs) < users * 0.7), "but not of the other two");
        work.Expect(Working("single") is > 35 and < 55, $"with 20 ms of work a single thread answers 50 per second ({Working("single"):0})");
        work.Expect(Working("process") > 2.5 * Working("single"), $"four processes answer several times as many ({Working("process"):0})");
        work.Expect(Working("thread") > 2 * Working("process") && Working("async") > 2 * Working("process"), $"threads and async more than twice as many again: the order has turned ({Working("thread"):#,0} and {Working("async"):#,0})");
    }

    // Up to the end of the load: what comes in afterwards is what was under way.
    private static IEnumerable<SecondResult> Going(RunResult run) => run.Course.Where(second => second.Users > 0);

    private static double Implied(double rate, double meanMs) => rate * (MeanWait + meanMs / 1000);

    private static double SteadyMean(RunResult run) => run.Steady(0.25) is var steady ? steady.Sum(second => second.MeanMs * second.Rate) / Math.Max(1, steady.Sum(second => second.Rate)) : 0;
}
