using System.Globalization;
using System.Runtime.InteropServices;
using Onrush.Bench.Generators;

namespace Onrush.Bench.Report;

/// <summary>What it was measured on and with.</summary>
/// <param name="Lines">One fact each.</param>
internal sealed record Machine(IReadOnlyList<string> Lines)
{
    /// <summary>Processor and cores, for a caption.</summary>
    public string Short => Lines[0]["CPU: ".Length..];

    public static async Task<Machine> ReadAsync()
    {
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        return new Machine(
        [
            $"CPU: {Value("/proc/cpuinfo", "model name")}, {Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)} cores usable",
            $"Kernel: Linux {(await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim()}, {RuntimeInformation.OSDescription}",
            $"Runtime: {RuntimeInformation.FrameworkDescription}",
            $"Beside: {First(await ProgramRun.ReadAsync("nginx", "-v"))}; {First(await ProgramRun.ReadAsync("wrk", "-v"))}; {First(await ProgramRun.ReadAsync("h2load", "--version"))}; hey",
            $"Load average at the start: {load}",
        ]);
    }

    private static string Value(string file, string key) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.OSArchitecture.ToString();

    private static string First(string text) => text.Split('\n')[0].Split(" Copyright")[0].Trim();
}
