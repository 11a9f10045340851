using System.Text.Json;
using Onrush.Bench.Generators;

namespace Onrush.Bench.Report;

/// <summary>The ratios of the last whole run, checked in: what a cheap run on any machine is held to, with wide bounds.</summary>
internal static class Baseline
{
    // A run of a second or two on a busy machine is that far off; a regression worth stopping for is further.
    private const double Tolerated = 0.6;
    private const double MostBytes = 64;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private static string File => Path.Combine(Repository.Root, "bench", "baseline.json");

    /// <summary>Writes the ratio of each of our generators in each bundle.</summary>
    public static Task WriteAsync(Results results)
    {
        var ratios = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, row) in Rows(results))
            ratios[key] = Math.Round(row.Spread(sample => sample.Ratio).Median, 2);
        return System.IO.File.WriteAllTextAsync(File, JsonSerializer.Serialize(ratios, Json) + "\n");
    }

    /// <summary>Says of each ratio whether it is good enough; false when one is not, or when there was none to compare.</summary>
    public static async Task<bool> CheckAsync(Results results)
    {
        var known = JsonSerializer.Deserialize<Dictionary<string, double>>(await System.IO.File.ReadAllTextAsync(File))!;
        var compared = 0;
        var failed = 0;
        foreach (var (key, row) in Rows(results))
        {
            if (known.TryGetValue(key, out var expected))
                Judge(key, row.Spread(sample => sample.Ratio).Max / expected, Tolerated, "0.00", "of the ratio to wrk that is checked in", atLeast: true);
            if (row.Generator.Name == AllGenerators.Lean && row.Allocated is { } allocated)
                Judge(key, allocated.Min, MostBytes, "0.0", "bytes allocated per request", atLeast: false);
        }
        if (compared == 0)
            Console.WriteLine("FAIL  nothing was compared with bench/baseline.json");
        return compared > 0 && failed == 0;

        void Judge(string key, double seen, double bound, string format, string what, bool atLeast)
        {
            var good = atLeast ? seen >= bound : seen <= bound;
            compared++;
            failed += good ? 0 : 1;
            Console.WriteLine($"{(good ? "PASS" : "FAIL")}  {key}: {Figures.Text(seen, format)} {what}, {(atLeast ? "at least" : "at most")} {Figures.Text(bound, format)}");
        }
    }

    private static IEnumerable<(string Key, Measuring.Throughput.ThroughputRow Row)> Rows(Results results) =>
        from result in results.Throughput
        from row in result.Rows
        where row.Samples.Count > 0 && row.Generator is ChildGenerator { Name: not AllGenerators.HttpClient }
        select ($"{result.Bundle.Name}/{row.Generator.Name}", row);
}
