using System.Globalization;
using System.Text;
using Onrush.Bench.Measuring;
using Onrush.Bench.Measuring.Bound;
using Onrush.Bench.Measuring.Throughput;

namespace Onrush.Bench.Report;

/// <summary>The page with the results, in Markdown.</summary>
internal static class ResultsPage
{
    /// <param name="results">What was measured.</param>
    /// <param name="gates">What was promised.</param>
    /// <param name="machine">What it was measured on.</param>
    /// <param name="command">The command that did it.</param>
    /// <param name="date">When.</param>
    /// <param name="notes">What happened on the way.</param>
    /// <param name="isWhole">Everything was measured, so that a goal without a figure is worth a line.</param>
    public static string Render(
        Results results, IReadOnlyList<Gate> gates, Machine machine, string command, DateTimeOffset date, IReadOnlyList<string> notes, bool isWhole)
    {
        var page = new StringBuilder("# Benchmark results\n\nWritten by the program; not edited by hand.\n\n");
        page.Append(CultureInfo.InvariantCulture, $"* Command: `{command}`\n* Date: {date:yyyy-MM-dd HH:mm} UTC\n");
        foreach (var line in machine.Lines)
            page.Append(CultureInfo.InvariantCulture, $"* {line}\n");
        page.Append("\n## Gates\n\n| | what | demanded | measured, median (range) |\n|---|---|---|---|\n");
        foreach (var gate in gates)
            page.Append(CultureInfo.InvariantCulture, $"| {(gate.Passed ? "PASS" : "FAIL")} | {gate.What} | {gate.Demand} | {gate.Seen} |\n");
        if (isWhole)
            Add(page, Goals.Of(results));
        page.Append('\n').Append(Method);
        foreach (var bundle in results.Throughput)
            Add(page, bundle);
        if (results.Users is { Rounds.Count: > 0 } users)
            Add(page, users);
        if (results.Bound is { Rounds.Count: > 0 } bound)
            Add(page, bound);
        if (results.Arrivals is { Runs.Count: > 0 } arrivals)
            Add(page, arrivals);
        if (results.Start is { CachedMs: { } cached, ChangedMs: { } changed })
        {
            page.Append("\n## First request\n\nFrom the start of `./onrush` to the first byte at the target, launcher included.\n\n| script | ms |\n|---|---|\n");
            page.Append(CultureInfo.InvariantCulture, $"| in the cache | {Figures.Text(cached, "0")} |\n| changed | {Figures.Text(changed, "0")} |\n");
        }
        if (notes.Count > 0)
            page.Append("\n## Not counted\n\n");
        foreach (var note in notes)
            page.Append(CultureInfo.InvariantCulture, $"* {note}\n");
        return page.ToString();
    }

    private const string Method = """
        ## How to read it

        * The target is an nginx with one worker on loopback that answers with a JSON body of 35 bytes. Target, generator and
          whatever else runs on the machine share its cores, so absolute numbers drift by a quarter within minutes. Only ratios
          within one round mean something, and those to about 8 %.
        * All generators of a table are started, connected and then held (SIGSTOP); they take turns of a quarter of a second, the order
          rotated, so that what a neighbour takes from the machine it takes from all of them alike. A round is the sum of many turns.
          Ratio = requests per CPU-second of the generator (user and system, of its process alone) divided by that of wrk in the same
          round. Figures are medians over the rounds, ranges in parentheses.
        * One ruler for all: between two instants of a turn nginx's own count of requests and the kernel's count of the process's CPU
          time are read. Starting, connecting, handshakes and just-in-time compilation (a thread of its own) count for nobody.
        * Onrush runs with all its bookkeeping: timestamps, kernel receive timestamps, histograms, phases, names, interval reports. The
          other tools do what they do by default. Nobody verifies the certificate of the TLS target.
        * The Onrush users make one request per task. An `async Task` method that suspends is an allocation of the load test (its state
          machine); the row *returns the request's ValueTask* has none, so its bytes per request are those of Onrush alone.
        * The peers are measured once each, with wrk and ours beside them; CPU time is that of the process and all that descend from it.
          What npm and Debian have and is missing here: artillery needs a newer Node than Debian's, tsung leaves a name server running.
        * The packets of a saturated generator are timed by tcpdump: the same requests, an observer that takes no part. Why wrk without a
          pause sees another time than a request that comes now and then: docs/decisions/0010.
        * The cost of measuring is that of clock readings, the look-up of the series and the recorder, in a loop of its own. The receive
          timestamp of the kernel is not in it.
        * MB are 1,000,000 bytes.

        """;

    private static void Add(StringBuilder page, ThroughputResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {result.Bundle.Title}\n\n");
        page.Append("| generator | n | ratio to wrk | k requests / CPU-s | k requests / s | user us | system us | B allocated / request | peak RSS MB |\n");
        page.Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in result.Rows)
        {
            if (row.Samples.Count == 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {row.Generator.Label} | 0 | - | - | - | - | - | - | - |\n");
                continue;
            }
            string[] cells =
            [
                row.Generator.Label,
                Figures.Text(row.Samples.Count, "0"),
                Figures.Text(row.Spread(s => s.Ratio), "0.00"),
                Figures.Text(row.Spread(s => s.PerCpuSecond / 1000), "0.0"),
                Figures.Text(row.Spread(s => s.PerSecond / 1000), "0.0"),
                Figures.Text(row.Spread(s => s.UserMicroseconds).Median, "0.00"),
                Figures.Text(row.Spread(s => s.SystemMicroseconds).Median, "0.00"),
                row.Allocated is { } allocated ? Figures.Text(allocated.Median, "0.0") : "-",
                Figures.Text(row.Spread(s => s.PeakMegabytes).Median, "0"),
            ];
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }
    }

    private static void Add(StringBuilder page, UsersResult users)
    {
        page.Append("\n## 10,000 users, a connection each, waiting 5-15 s\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Rounds: {users.Rounds.Count}. Spawned at 1,000 per second; the last line is a run of its own.\n\n| | |\n|---|---|\n");
        Line("peak RSS of the engine, MB", round => round.PeakMegabytes, "0.0");
        page.Append(CultureInfo.InvariantCulture, $"| peak RSS of `./onrush`, script compiled in it, MB (one run) | {users.CommandMegabytes:0.0} |\n");
        if (users is { FewMegabytes: { } few, KilobytesPerUser: { } each })
        {
            page.Append(CultureInfo.InvariantCulture, $"| peak RSS with ten users, MB | {few:0.0} |\n");
            page.Append(CultureInfo.InvariantCulture, $"| one more user with its connection, KB | {each:0.00} |\n");
        }
        if (users.MillionMegabytes is { } million)
            page.Append(CultureInfo.InvariantCulture, $"| peak RSS with 1,000,000 users that do nothing, MB | {million:0} |\n");
        Line("first to last start, s (9.999 on schedule)", round => round.Scheduled.SpawnSeconds, "0.000");
        Line("largest lateness of a start, ms", round => round.Scheduled.SpawnLateMs, "0.00");
        Line("response time p50, ms", round => round.Scheduled.MedianMs, "0.000");
        Line("response time p99, ms", round => round.Scheduled.P99Ms, "0.000");
        Line("failed requests", round => round.Scheduled.Failures, "0");
        Line("lateness of a timer p50, ms (10 ms canary on each loop)", round => round.Scheduled.CanaryMedianMs, "0.000");
        Line("lateness of a timer p99, ms", round => round.Scheduled.CanaryP99Ms, "0.000");
        Line("length of a turn of a loop p99, ms", round => round.Scheduled.LagP99Ms, "0.000");
        Line("loops busy, %", round => round.Scheduled.BusyPercent, "0.0");
        Line("all started at once: every user connected and answered after, s", round => round.AtOnceSeconds, "0.00");

        void Line(string what, Func<UsersSample, double> figure, string format) => page.Append(
            CultureInfo.InvariantCulture, $"| {what} | {Figures.Text(Spread.Of(users.Rounds.Select(figure)), format)} |\n");
    }

    private static void Add(StringBuilder page, ArrivalResult arrivals)
    {
        page.Append("\n## Iterations at a constant rate\n\nOne request each, by users that are made as they are needed, on one loop. Before each, a loop in C that only sends and receives keeps the same schedule, for ten seconds at most: the machine's own gaps are in both.\n\n");
        page.Append("| per second | | due | done | begun at most 1 ms late, % | lateness p50, ms | p99, ms | max, ms | cores |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var run in arrivals.Runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {run.Rate:#,0} | in C | | | {run.Floor.OnTimePercent:0.000} ");
            page.Append(CultureInfo.InvariantCulture, $"| {run.Floor.LatenessMedianMs:0.000} | {run.Floor.LatenessP99Ms:0.000} | {run.Floor.LatenessMaxMs:0.00} | {run.Floor.Cores:0.00} |\n");
            page.Append(CultureInfo.InvariantCulture, $"| {run.Rate:#,0} | **Onrush** | {run.Run.Offered} | {run.Run.Done} | {run.OnTimePercent:0.000} ");
            page.Append(CultureInfo.InvariantCulture, $"| {run.Run.LatenessMedianMs:0.000} | {run.Run.LatenessP99Ms:0.000} | {run.Run.LatenessMaxMs:0.00} | {run.Run.Cores:0.00} |\n");
        }
    }

    private static void Add(StringBuilder page, BoundResult bound)
    {
        page.Append("\n## A generator that is itself the limit\n\n200 users on one loop, 100 us of busy user code after each response. p50 of the response time, us.\n\n| | |\n|---|---|\n");
        Line("reported, while the packets were captured", round => round.Captured.MedianMs * 1000, "0.0");
        Line("from request to response on the wire, the same requests (tcpdump)", round => round.WireMedianMs * 1000, "0.0");
        Line("ratio of the two", round => round.WireRatio, "0.00");
        Line("reported, while wrk asked as well", round => round.Observed.MedianMs * 1000, "0.0");
        Line("what wrk -t1 -c1 saw that asked once a millisecond", round => round.RareMedianMs * 1000, "0");
        Line("ratio to it", round => round.RareRatio, "0.00");
        Line("what wrk -t1 -c1 saw that asked without a pause", round => round.SteadyMedianMs * 1000, "0");
        Line("ratio to it (see docs/decisions/0010)", round => round.SteadyRatio, "0.00");
        Line("what a tool without kernel timestamps would report", round => round.NaiveMedianMs * 1000, "#,0");
        Line("loops busy, %", round => round.Captured.BusyPercent, "0");
        page.Append(CultureInfo.InvariantCulture, $"\nWhat the run said (last round): {bound.Rounds[^1].Captured.Generator}\n");

        void Line(string what, Func<BoundSample, double> figure, string format) => page.Append(
            CultureInfo.InvariantCulture, $"| {what} | {Figures.Text(Spread.Of(bound.Rounds.Select(figure)), format)} |\n");
    }

    private static void Add(StringBuilder page, IEnumerable<Goal> goals)
    {
        page.Append("\n## Goals of the engine\n\nThe least that a release may have, the aim, and what was measured; \"aim\" in the last column means that it was reached.\n\n");
        page.Append("| goal | minimum | aim | measured | |\n|---|---|---|---|---|\n");
        foreach (var goal in goals)
            page.Append(CultureInfo.InvariantCulture, $"| {goal.What} | {goal.Minimum} | {goal.Aim} | {goal.Measured ?? "-"} | {goal.Reached} |\n");
    }
}
