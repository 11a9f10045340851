namespace Onrush.Cluster;

/// <summary>Measures how far the coordinator's clock is ahead of this process's: of several questions the one that was answered fastest tells.</summary>
internal static class ClockSync
{
    private const int Questions = 8;

    /// <summary>The coordinator's clock less this process's, in nanoseconds.</summary>
    /// <exception cref="BusException">Nobody answered.</exception>
    public static async Task<long> MeasureAsync(IWorkerBus bus, CancellationToken cancel)
    {
        var (fastest, offset) = (long.MaxValue, 0L);
        for (var i = 0; i < Questions; i++)
        {
            var before = RunClock.Now;
            var theirs = await bus.AskTimeAsync(cancel).ConfigureAwait(false);
            var after = RunClock.Now;
            if (after - before < fastest)
                (fastest, offset) = (after - before, theirs - (before + (after - before) / 2));
        }

        return offset;
    }
}
