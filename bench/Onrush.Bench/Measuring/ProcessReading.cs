using System.Globalization;

namespace Onrush.Bench.Measuring;

/// <summary>
/// What the kernel says of a process: the CPU time of its threads, but for the one in which .NET compiles hot methods again. What runs once
/// a second becomes hot after a minute, and that is part of getting into the stride.
/// </summary>
/// <param name="Seconds">CPU time, to the nanosecond.</param>
/// <param name="UserSeconds">Of it in user mode, in steps of 10 ms: for sums over a second or more.</param>
internal readonly record struct ProcessReading(double Seconds, double UserSeconds)
{
    // USER_HZ: 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    // Names of threads are cut to 15 characters.
    private const string Compiler = ".NET Tiered Com";

    /// <exception cref="BenchException">The process has ended.</exception>
    public static ProcessReading Of(int processId)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{processId}/task").Select(OfThread).Aggregate((sum, thread) => sum + thread);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw new BenchException("it ended before the measurement did");
        }
    }

    private static ProcessReading OfThread(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var (name, end) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            if (stat[(name + 1)..end] == Compiler)
                return default;

            // The name in parentheses may contain spaces; what follows it does not.
            var user = long.Parse(stat[(end + 2)..].Split(' ')[11], CultureInfo.InvariantCulture) / TicksPerSecond;
            return new ProcessReading(long.Parse(File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture) / 1e9, user);
        }
        catch (IOException)
        {
            // The thread has ended.
            return default;
        }
    }

    /// <summary>Of a process and all that descend from it.</summary>
    /// <exception cref="BenchException">The process has ended.</exception>
    public static ProcessReading OfTree(int processId)
    {
        var sum = Of(processId);
        foreach (var descendant in ProcessTree.Of(processId).Skip(1))
        {
            try
            {
                sum += Of(descendant);
            }
            catch (BenchException)
            {
                // It ended meanwhile, and its parent has its time only when it waited for it: the figure is then too good for the generator.
            }
        }
        return sum;
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

    public static ProcessReading operator +(ProcessReading left, ProcessReading right) => new(left.Seconds + right.Seconds, left.UserSeconds + right.UserSeconds);

    public static ProcessReading operator -(ProcessReading left, ProcessReading right) => new(left.Seconds - right.Seconds, left.UserSeconds - right.UserSeconds);
}
