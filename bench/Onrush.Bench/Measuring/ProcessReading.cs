using System.Globalization;

namespace Onrush.Bench.Measuring;

/// <summary>What the kernel says of a process. CPU times are of all its threads, dead ones included, in steps of 10 ms.</summary>
/// <param name="UserSeconds">CPU time in user mode.</param>
/// <param name="SystemSeconds">CPU time in the kernel.</param>
internal readonly record struct ProcessReading(double UserSeconds, double SystemSeconds)
{
    // USER_HZ: 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <exception cref="BenchException">The process has ended.</exception>
    public static ProcessReading Of(int processId)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{processId}/stat");
        }
        catch (IOException)
        {
            throw new BenchException("it ended before the measurement did");
        }

        // The name in parentheses may contain spaces; what follows it does not.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessReading(Ticks(fields[11]), Ticks(fields[12]));
    }

    /// <summary>Of a process and all that descend from it.</summary>
    public static ProcessReading OfTree(int processId)
    {
        var sum = Of(processId);
        foreach (var child in Children(processId))
        {
            try
            {
                var more = OfTree(child);
                sum = new ProcessReading(sum.UserSeconds + more.UserSeconds, sum.SystemSeconds + more.SystemSeconds);
            }
            catch (BenchException)
            {
                // It ended meanwhile, and its parent has its time only when it waited for it: the figure is then too good for the generator.
            }
        }
        return sum;
    }

    private static int[] Children(int processId)
    {
        var file = $"/proc/{processId}/task/{processId}/children";
        return File.Exists(file)
            ? [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))]
            : [];
    }

    /// <summary>Largest resident memory so far in MB (1,000,000 bytes); 0 for a process that has ended.</summary>
    public static double PeakMegabytes(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond;
}
