using Onrush.Bench.Generators;
using Onrush.Bench.Measuring;
using Onrush.Bench.Measuring.Bound;
using Onrush.Bench.Measuring.Throughput;
using Onrush.Bench.Report;
using Onrush.Bench.Targets;

namespace Onrush.Bench;

/// <summary>Measures what was asked for, one thing after the other, and writes the page.</summary>
internal static class Benchmark
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(BenchOptions options)
    {
        if (options.ShowHelp)
        {
            Console.WriteLine(BenchOptions.Help);
            return 0;
        }

        var date = TimeProvider.System.GetUtcNow();
        var machine = await Machine.ReadAsync();
        var progress = new Progress(Console.Error);
        Results results;
        await using (var target = await NginxTarget.StartAsync())
            results = await MeasureAsync(target, options, progress);

        Gate[] gates = [.. Gates.Of(results, options)];
        var page = ResultsPage.Render(results, gates, machine, options.CommandLine, date, progress.Notes, !options.IsPartial);
        if (options.Out is null && options.IsPartial)
            Console.Write(page);
        else
            await WriteAsync(options.Out ?? Path.Combine(Repository.Root, "bench", "results.md"), page, results, machine, date);
        if (!options.IsPartial)
            await Baseline.WriteAsync(results);
        foreach (var gate in gates)
            Console.WriteLine($"{(gate.Passed ? "PASS" : "FAIL")}  {gate.What}: {gate.Seen}, {gate.Demand}");
        Scripts.Delete();
        if (options.Check && !await Baseline.CheckAsync(results))
            return 1;
        return options.Gate && !gates.All(gate => gate.Passed) ? 1 : 0;
    }

    private static async Task<Results> MeasureAsync(NginxTarget target, BenchOptions options, Progress progress)
    {
        var throughput = new List<ThroughputResult>();
        foreach (var bundle in Bundle.All.Where(bundle => options.WantsPart(bundle.Name)))
            throughput.Add(await new ThroughputMeasurement(target, options, progress).RunAsync(bundle));
        return new Results
        {
            Throughput = throughput,
            Users = options.WantsPart("users") ? await new UsersMeasurement(target, options, progress).RunAsync() : null,
            Bound = options.WantsPart("bound") ? await new BoundMeasurement(target, options, progress).RunAsync() : null,
            Arrivals = options.WantsPart("arrivals") ? await new ArrivalMeasurement(target, options, progress).RunAsync() : null,
            MeasuringNs = options.WantsPart("plain50") ? MeasuringCost.NanosecondsPerRequest() : null,
            Start = options.WantsPart("start") ? await new StartMeasurement(options, progress).RunAsync() : null,
        };
    }

    /// <summary>Writes the page, and beside it the picture of the README.</summary>
    private static async Task WriteAsync(string file, string page, Results results, Machine machine, DateTimeOffset date)
    {
        await File.WriteAllTextAsync(file, page);
        ThroughputResult[] drawn = [.. results.Throughput.Where(result => result.Bundle.Name is "plain50" or "peers")];
        if (Chart.Render(drawn, machine.Short, date) is { } chart)
            await File.WriteAllTextAsync(Path.ChangeExtension(file, ".svg"), chart);
    }
}
