using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring.Throughput;

/// <summary>
/// Requests per CPU-second of the generator. All generators of a bundle are started, brought into their stride and held; then they take
/// short turns, of which a round holds many: what a neighbour of the machine takes away for a second it takes from all of them alike.
/// </summary>
internal sealed class ThroughputMeasurement(NginxTarget target, BenchOptions options, Progress progress)
{
    private const int TurnsPerSecond = 4;

    /// <summary>Measures all rounds of a bundle; the order is rotated from turn to turn.</summary>
    public async Task<ThroughputResult> RunAsync(Bundle bundle)
    {
        Generator[] generators = [.. AllGenerators.All.Where(g => g.Name == AllGenerators.Wrk || (bundle.Generators.Contains(g.Name) && g.Can(bundle.Ask) && options.WantsGenerator(g.Name)))];
        var contestants = generators.ToDictionary(generator => generator.Name, generator => new Contestant(generator, target));
        try
        {
            var (rounds, turns) = (Math.Min(options.Rounds, bundle.MostRounds), Math.Min(options.Seconds, bundle.MostSeconds) * TurnsPerSecond);
            await StartAsync(bundle, contestants, rounds * turns);
            for (var round = 0; round < rounds; round++)
            {
                for (var turn = 0; turn < turns; turn++)
                    await TakeTurnsAsync(bundle, contestants, round + turn);
                foreach (var contestant in contestants.Values)
                    contestant.CloseRound();
                progress.Say($"{bundle.Name} round {round + 1}: {string.Join(", ", contestants.Values.Select(contestant => contestant.LastRound))} k/CPU-s");
            }
            await EndAsync(bundle, contestants);
        }
        finally
        {
            foreach (var contestant in contestants.Values)
                await contestant.DisposeAsync();
        }

        // Without its wrk nothing says anything.
        IReadOnlyList<ThroughputSample> wrk = contestants.GetValueOrDefault(AllGenerators.Wrk)?.Rounds ?? [];
        return new ThroughputResult(bundle, [.. generators.Select(generator => new ThroughputRow(
            generator,
            [.. (contestants.GetValueOrDefault(generator.Name)?.Rounds ?? []).Zip(wrk, (ours, theirs) => ours with { Ratio = ours.PerCpuSecond / theirs.PerCpuSecond })]))]);
    }

    private async Task StartAsync(Bundle bundle, Dictionary<string, Contestant> contestants, int turns)
    {
        var url = new Uri(bundle.Tls ? target.Tls : target.Plain, bundle.Path);

        // Programs that end by themselves come last: how long the others take to get into their stride is not known before.
        foreach (var contestant in contestants.Values.OrderBy(contestant => contestant.EndsByItself).ToArray())
        {
            var load = new Load(url, bundle.Connections, Contestant.SecondsOf(turns * contestants.Count), bundle.Ask);
            await TryAsync(bundle, contestants, contestant, () => contestant.StartAsync(load));
        }
    }

    private async Task TakeTurnsAsync(Bundle bundle, Dictionary<string, Contestant> contestants, int turn)
    {
        Contestant[] order = [.. contestants.Values];
        for (var k = 0; k < order.Length; k++)
        {
            var contestant = order[(k + turn) % order.Length];
            await TryAsync(bundle, contestants, contestant, () => contestant.TakeTurnAsync(TimeSpan.FromSeconds(1.0 / TurnsPerSecond)));
        }
    }

    private async Task EndAsync(Bundle bundle, Dictionary<string, Contestant> contestants)
    {
        foreach (var contestant in contestants.Values.ToArray())
            await TryAsync(bundle, contestants, contestant, contestant.EndAsync);
    }

    /// <summary>Leaves a contestant out from then on that could not do it.</summary>
    private async Task TryAsync(Bundle bundle, Dictionary<string, Contestant> contestants, Contestant contestant, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (BenchException e)
        {
            progress.Note($"{bundle.Name} {contestant.Name} does not count: {e.Message}");
            contestants.Remove(contestant.Name);
            await contestant.DisposeAsync();
        }
    }
}
