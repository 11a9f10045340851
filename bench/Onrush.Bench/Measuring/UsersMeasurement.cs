using Onrush.Bench.Children;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring;

/// <summary>10,000 users with a connection each, thinking for 5 to 15 s: memory, spawning and how exact the waits are.</summary>
internal sealed class UsersMeasurement(NginxTarget target, BenchOptions options, Progress progress)
{
    public const int Users = 10_000;

    /// <summary>Users per second of the run on schedule.</summary>
    public const double Rate = 1000;

    // Everything is spawned in one tenth of a second if the generator can.
    private const double AtOnce = 100_000;

    private const int Few = 10;

    private const int Million = 1_000_000;

    /// <summary>Most often: each takes over 20 s.</summary>
    private const int MostRounds = 2;

    public async Task<UsersResult> RunAsync()
    {
        var rounds = new List<UsersSample>();
        for (var round = 0; round < Math.Min(options.Rounds, MostRounds); round++)
        {
            try
            {
                var (scheduled, peak) = await MeasureAsync(Rate, TimeSpan.FromSeconds(options.Quick ? 1 : 10));
                var (atOnce, _) = await MeasureAsync(AtOnce, TimeSpan.Zero);
                rounds.Add(new UsersSample(scheduled, peak, atOnce.ConnectedSeconds));
                progress.Say(FormattableString.Invariant(
                    $"users round {round + 1}: {peak:0.0} MB, spawned in {scheduled.SpawnSeconds:0.00} s, p99 {scheduled.P99Ms:0.00} ms, at once {atOnce.ConnectedSeconds:0.00} s"));
            }
            catch (BenchException e)
            {
                progress.Note($"users round {round + 1} does not count: {e.Message}");
            }
        }
        return new UsersResult(rounds, await CommandMegabytesAsync())
        {
            FewMegabytes = await TryAsync("few users", () => PeakAsync(nameof(ThinkingUser), Few, Rate)),
            MillionMegabytes = options.Quick ? null : await TryAsync("a million idle users", () => PeakAsync(nameof(IdleUser), Million, Million)),
        };
    }

    /// <summary>Largest resident memory of a run in MB, taken when all users are there.</summary>
    private async Task<double> PeakAsync(string user, int users, double rate)
    {
        await using var child = await Child.StartAsync(
            GeneratorChild.Command, new ChildPlan { User = user, Url = target.Plain.ToString(), Users = users, SpawnRate = rate });
        var peak = ProcessReading.PeakMegabytes(child.ProcessId);
        var report = await child.ReportAsync();
        progress.Say(FormattableString.Invariant($"{users} users: {peak:0.0} MB"));
        return report.Problem is null ? peak : throw new BenchException(report.Problem);
    }

    private async Task<double?> TryAsync(string what, Func<Task<double>> measure)
    {
        try
        {
            return await measure();
        }
        catch (BenchException e)
        {
            progress.Note($"{what}: {e.Message}");
            return null;
        }
    }

    private async Task<double?> CommandMegabytesAsync()
    {
        try
        {
            var peak = await CommandMemory.MeasureAsync(target.Plain, options.Quick ? 12 : 25);
            progress.Say(FormattableString.Invariant($"users by ./onrush: {peak:0.0} MB"));
            return peak;
        }
        catch (BenchException e)
        {
            progress.Note($"users by ./onrush does not count: {e.Message}");
            return null;
        }
    }

    private async Task<(ChildReport Report, double PeakMegabytes)> MeasureAsync(double rate, TimeSpan stay)
    {
        await using var child = await Child.StartAsync(
            GeneratorChild.Command, new ChildPlan { User = nameof(ThinkingUser), Url = target.Plain.ToString(), Users = Users, SpawnRate = rate });
        await Task.Delay(stay);
        var peak = ProcessReading.PeakMegabytes(child.ProcessId);
        var report = await child.ReportAsync();
        return report.Problem is null ? (report, peak) : throw new BenchException(report.Problem);
    }
}

/// <summary>All rounds that count.</summary>
/// <param name="Rounds">Runs of the engine alone.</param>
/// <param name="CommandMegabytes">Largest resident memory of the whole command in MB; null when its run failed.</param>
internal sealed record UsersResult(IReadOnlyList<UsersSample> Rounds, double? CommandMegabytes)
{
    /// <summary>Largest resident memory with ten users in MB: what the engine takes without them.</summary>
    public double? FewMegabytes { get; init; }

    /// <summary>Largest resident memory with a million users that do nothing, in MB.</summary>
    public double? MillionMegabytes { get; init; }

    /// <summary>What one more user with its connection takes, in KB.</summary>
    public double? KilobytesPerUser => Rounds.Count == 0
        ? null
        : (Spread.Of(Rounds.Select(round => round.PeakMegabytes)).Median - FewMegabytes) * 1000 / UsersMeasurement.Users;
}

/// <summary>One round.</summary>
/// <param name="Scheduled">The run at 1,000 users per second.</param>
/// <param name="PeakMegabytes">Its largest resident memory in MB.</param>
/// <param name="AtOnceSeconds">Time until all users were connected and had a response when all were to start at once.</param>
internal sealed record UsersSample(ChildReport Scheduled, double PeakMegabytes, double AtOnceSeconds);
