using System.Text.Json;
using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Users;

namespace Onrush.Bench.Children;

/// <summary>
/// The real engine in a process of its own, with all its bookkeeping: runs one user class, says "steady" when every user is there and the
/// code is compiled, and reports when its input ends.
/// </summary>
internal static class GeneratorChild
{
    public const string Command = "generator";

    public static async Task<int> RunAsync(ChildPlan plan)
    {
        var user = typeof(GeneratorChild).Assembly.GetType($"{typeof(GeneratorChild).Namespace}.{plan.User}")
            ?? throw new BenchException($"there is no user class {plan.User}");
        BenchPath.Value = plan.Path;
        using var run = OneProcess.Prepare(LoadTestDefinition.FromTypes([user]), new RunOptions
        {
            Host = plan.Url,
            Users = plan.Users,
            SpawnRate = plan.SpawnRate,
            Loops = plan.Loops,
            Transport = plan.Transport,
            Insecure = plan.Insecure,
        });
        var seconds = new List<(long Requests, long Allocated)>();
        var jit = new JitRest();
        run.SecondFolded += snapshot =>
        {
            if (snapshot.Phase > RunPhase.Running || snapshot.UsersStarted < plan.Users || (seconds.Count == 0 && !jit.IsReached()))
                return;
            seconds.Add((snapshot.Aggregated.Requests, GC.GetTotalAllocatedBytes(precise: true)));
            if (seconds.Count == 1)
                Console.WriteLine("steady");
        };

        var running = run.RunAsync();
        var asked = Console.In.ReadToEndAsync();
        await Task.WhenAny(running, asked);
        var endedEarly = running.IsCompleted;
        run.Stop("The measurement is over.");
        var last = await running;
        Console.WriteLine(JsonSerializer.Serialize(SpawnClock.AddTo(Report(last, seconds, endedEarly), plan.SpawnRate)));
        return 0;
    }

    /// <summary>Over the seconds that were worked through: in the others it stood still, and what is allocated once a second would weigh too much.</summary>
    private static double? AllocatedPerRequest(List<(long Requests, long Allocated)> seconds)
    {
        var each = seconds.Zip(seconds.Skip(1), (first, second) => (Requests: second.Requests - first.Requests, Allocated: second.Allocated - first.Allocated)).ToArray();
        var full = each.Where(second => second.Requests > 0 && second.Requests * 2 >= each.Max(other => other.Requests)).ToArray();
        return full.Length == 0 ? null : (double)full.Sum(second => second.Allocated) / full.Sum(second => second.Requests);
    }

    private static ChildReport Report(RunSnapshot run, List<(long Requests, long Allocated)> seconds, bool endedEarly) => new()
    {
        Problem = endedEarly ? $"the run ended by itself: {run.StopReason}"
            : run.Aggregated.Failures > 0 ? $"{run.Aggregated.Failures} requests failed: {run.Failures[0]}"
            : run.Exceptions.Count > 0 ? $"users threw: {run.Exceptions[0]}"
            : run.Conservation.Holds ? null : run.Conservation.Errors[0],
        AllocatedPerRequest = AllocatedPerRequest(seconds),
        Failures = run.Aggregated.Failures,
        MedianMs = run.Aggregated.All.MedianMs,
        P99Ms = run.Aggregated.All.Percentile(0.99),
        SendMedianMs = run.Aggregated.Phases.Send.MedianMs,
        WaitMedianMs = run.Aggregated.Phases.Wait.MedianMs,
        AddedMedianMs = run.Generator.Added.MedianMs,
        CanaryMedianMs = run.Generator.Canary.MedianMs,
        CanaryP99Ms = run.Generator.Canary.Percentile(0.99),
        LagP99Ms = run.Generator.Lag.Percentile(0.99),
        BusyPercent = run.Generator.AverageBusyPercent,
        IsBound = run.Generator.IsBound,
        Generator = run.Generator.Text,
    };
}
