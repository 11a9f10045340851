using System.Globalization;
using System.Text.RegularExpressions;
using Onrush.Bench.Generators;

namespace Onrush.Bench.Measuring.Bound;

/// <summary>wrk with one connection, beside whatever else runs.</summary>
internal static partial class Observer
{
    // Asks once a millisecond: the target stands idle before each of its requests, as it does before those of the generator.
    private const string Rarely = "function delay() return 1 end\n";

    /// <returns>Median that it saw, in milliseconds.</returns>
    /// <exception cref="BenchException">wrk is missing or says nothing.</exception>
    public static async Task<double> MedianMsAsync(Uri target, int seconds, bool rarely)
    {
        var script = Path.Combine(Path.GetTempPath(), $"onrush-bench-{Guid.NewGuid():N}.lua");
        await File.WriteAllTextAsync(script, rarely ? Rarely : "");
        try
        {
            var output = await ProgramRun.ReadAsync(
                "wrk", "-t1", "-c1", "-d", string.Create(CultureInfo.InvariantCulture, $"{seconds}s"), "--latency", "-s", script, target.ToString());
            var match = Median().Match(output);
            if (!match.Success)
                throw new BenchException($"wrk gave no median:\n{output}");
            var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            return match.Groups[2].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"^\s*50%\s+([\d.]+)(us|ms|s)\s*$", RegexOptions.Multiline)]
    private static partial Regex Median();
}
