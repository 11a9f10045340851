using System.Diagnostics;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring.Throughput;

/// <summary>
/// Requests per CPU-second of the generator. One ruler for all: between two instants in the generator's stride the target's own count of
/// requests and the kernel's count of the generator's CPU time are read, so neither starting nor connecting nor warming up counts for anyone.
/// </summary>
internal sealed class ThroughputMeasurement(NginxTarget target, BenchOptions options, Progress progress)
{
    /// <summary>Measures all rounds of a bundle; the order is rotated from round to round.</summary>
    public async Task<ThroughputResult> RunAsync(Bundle bundle)
    {
        Generator[] generators = [.. AllGenerators.All.Where(g => g.Name == AllGenerators.Wrk || (bundle.Generators.Contains(g.Name) && g.Can(bundle.Ask) && options.WantsGenerator(g.Name)))];
        var rounds = Math.Min(options.Rounds, bundle.MostRounds);
        var samples = generators.ToDictionary(generator => generator.Name, _ => new List<ThroughputSample>());
        for (var round = 0; round < rounds; round++)
        {
            var measured = new Dictionary<string, ThroughputSample>();
            for (var k = 0; k < generators.Length; k++)
            {
                var generator = generators[(k + round) % generators.Length];
                if (await TryMeasureAsync(bundle, generator, round) is { } sample)
                    measured.Add(generator.Name, sample);
            }

            // Without its wrk run a round says nothing.
            if (!measured.TryGetValue(AllGenerators.Wrk, out var wrk))
                continue;
            foreach (var (name, sample) in measured)
                samples[name].Add(sample with { Ratio = sample.PerCpuSecond / wrk.PerCpuSecond });
        }
        return new ThroughputResult(bundle, [.. generators.Select(generator => new ThroughputRow(generator, samples[generator.Name]))]);
    }

    private async Task<ThroughputSample?> TryMeasureAsync(Bundle bundle, Generator generator, int round)
    {
        var where = $"{bundle.Name} round {round + 1} {generator.Name}";
        try
        {
            var url = new Uri(bundle.Tls ? target.Tls : target.Plain, bundle.Path);
            var sample = await MeasureAsync(new Load(url, bundle.Connections, Math.Min(options.Seconds, bundle.MostSeconds), bundle.Ask), generator);
            progress.Say(FormattableString.Invariant(
                $"{where}: {sample.PerSecond / 1000:0.0} k/s, {sample.PerCpuSecond / 1000:0.0} k/CPU-s"));
            return sample;
        }
        catch (BenchException e)
        {
            progress.Note($"{where} does not count: {e.Message}");
            return null;
        }
    }

    private async Task<ThroughputSample> MeasureAsync(Load load, Generator generator)
    {
        await using var running = await generator.StartAsync(load);
        var (requestsBefore, cpuBefore, startedAt) = (await target.RequestsAsync(), ProcessReading.OfTree(running.ProcessId), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(load.Seconds));
        var (requestsAfter, cpuAfter, elapsed) = (await target.RequestsAsync(), ProcessReading.OfTree(running.ProcessId), Stopwatch.GetElapsedTime(startedAt));
        var peak = ProcessReading.PeakMegabytes(running.ProcessId);
        var end = await running.EndAsync();
        if (end.Problem is not null)
            throw new BenchException(end.Problem);

        double requests = requestsAfter - requestsBefore;
        var (user, system) = (cpuAfter.UserSeconds - cpuBefore.UserSeconds, cpuAfter.SystemSeconds - cpuBefore.SystemSeconds);
        if (requests < 1 || user + system <= 0)
            throw new BenchException("it sent nothing");
        return new ThroughputSample
        {
            PerSecond = requests / elapsed.TotalSeconds,
            PerCpuSecond = requests / (user + system),
            UserMicroseconds = user / requests * 1e6,
            SystemMicroseconds = system / requests * 1e6,
            PeakMegabytes = peak,
            AllocatedPerRequest = end.AllocatedPerRequest,
        };
    }
}
