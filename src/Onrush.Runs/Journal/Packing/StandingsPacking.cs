namespace Onrush.Runs.Journal;

/// <summary>
/// How workers stood, as the contents of a frame: a count of workers, and for each
/// <code>
/// text      name
/// count     condition, users, tenths of a percent of one core, tenths of cores, bytes of memory
/// signed    nanoseconds that the coordinator's clock is ahead
/// count     reports that wait
/// </code>
/// </summary>
internal static class StandingsPacking
{
    private const int Most = 10_000;
    private const long MostTenths = 1_000_000_000;

    /// <summary>Writes them.</summary>
    public static byte[] Write(IReadOnlyList<WorkerStanding> standings)
    {
        var to = new PackedWriter();
        to.Count(standings.Count);
        foreach (var standing in standings)
        {
            to.Text(standing.Worker);
            to.Count((int)standing.Condition);
            to.Count(standing.Users);
            to.Count(Tenths(standing.CpuPercent));
            to.Count(Tenths(standing.Cores));
            to.Count(standing.MemoryBytes);
            to.Signed(standing.ClockOffsetNs);
            to.Count(standing.ReportsWaiting);
        }

        return to.Bytes.ToArray();
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="DamagedDataException">They make no sense.</exception>
    public static IReadOnlyList<WorkerStanding> Read(ReadOnlySpan<byte> contents)
    {
        var from = new PackedReader(contents);
        var standings = new WorkerStanding[from.CountUpTo(Math.Min(Most, from.Left))];
        for (var i = 0; i < standings.Length; i++)
        {
            // A condition of a later version is none that this one can name: the worker is there, whatever else it is.
            standings[i] = new WorkerStanding(from.Text(), (WorkerCondition)from.CountUpTo(byte.MaxValue) is var condition && Enum.IsDefined(condition) ? condition : WorkerCondition.Running)
            {
                Users = from.CountUpTo(int.MaxValue),
                CpuPercent = from.Count(MostTenths) / 10.0,
                Cores = from.Count(MostTenths) / 10.0,
                MemoryBytes = from.Count(long.MaxValue),
                ClockOffsetNs = from.Signed64(),
                ReportsWaiting = from.CountUpTo(int.MaxValue),
            };
        }

        return standings;
    }

    private static long Tenths(double value) => Math.Clamp((long)Math.Round(value * 10), 0, MostTenths);
}
