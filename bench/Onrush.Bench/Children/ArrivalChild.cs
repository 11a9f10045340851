using System.Diagnostics;
using System.Text.Json;
using Onrush.Measurement;
using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Users;

namespace Onrush.Bench.Children;

/// <summary>The real engine in a process of its own, with a constant arrival rate on it; reports when the run is over.</summary>
internal static class ArrivalChild
{
    public const string Command = "arrivals";

    // What counts as on time.
    private const long OnTimeNs = 1_000_000;

    /// <summary>Iterations per second; set before the load test is configured.</summary>
    public static int Rate { get; private set; }

    /// <summary>Length in seconds.</summary>
    public static int Seconds { get; private set; }

    public static async Task<int> RunAsync(ChildPlan plan)
    {
        (Rate, Seconds) = (plan.Rate, plan.Seconds);
        using var run = OneProcess.Prepare(
            LoadTestDefinition.FromTypes([typeof(LeanUser), typeof(ArrivalTest)]), new RunOptions { Host = plan.Url, Loops = plan.Loops });
        long onTime = 0;
        run.ReportFolded += report =>
        {
            foreach (var iterations in report.Totals.Iterations.Values)
                onTime += OnTime(iterations.Lateness);
        };
        Console.WriteLine("steady");
        var last = await run.RunAsync();
        var lateness = last.AllIterations.Lateness ?? ResponseTimes.None;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new ChildReport
        {
            Problem = last.Aggregated.Failures > 0 ? $"{last.Aggregated.Failures} requests failed: {last.Failures[0]}"
                : last.Conservation.Holds ? null : last.Conservation.Errors[0],
            Failures = last.Aggregated.Failures,
            Offered = last.Scenarios[0].Offered,
            Done = last.Scenarios[0].Iterations,
            OnTime = onTime,
            LatenessMedianMs = lateness.MedianMs,
            LatenessP99Ms = lateness.Percentile(0.99),
            LatenessMaxMs = lateness.MaxMs,
            Cores = self.TotalProcessorTime.TotalSeconds / last.RunTime.TotalSeconds,
            Generator = last.Generator.Text,
        }));
        return 0;
    }

    private static long OnTime(HistogramData lateness)
    {
        long count = 0;
        for (var i = 0; i < lateness.Buckets.Length && HistogramLayout.Midpoint(lateness.Buckets[i]) <= OnTimeNs; i++)
            count += lateness.Counts[i];
        return count;
    }
}

/// <summary>One scenario of a constant rate.</summary>
public sealed class ArrivalTest : LoadTest
{
    /// <inheritdoc/>
    public override void Configure(LoadTestBuilder test) => test.Scenario<LeanUser>(
        "arrivals",
        user => user.Hello,
        Executor.ConstantArrivalRate(ArrivalChild.Rate, TimeSpan.FromSeconds(ArrivalChild.Seconds), maxUsers: 1000, preAllocatedUsers: 50));
}
