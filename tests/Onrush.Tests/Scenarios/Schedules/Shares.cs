using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

/// <summary>All shares of a fleet; workers may have different numbers of loops.</summary>
internal static class Shares
{
    /// <summary>Workers of 1, 2, 5, 1, 2 ... loops.</summary>
    public static IEnumerable<WorkShare> Of(int workers) => Of(workers, worker => worker % 3 == 0 ? 1 : worker % 3 == 1 ? 2 : 5);

    public static IEnumerable<WorkShare> Of(int workers, Func<int, int> loops) =>
        from worker in Enumerable.Range(0, workers)
        from loop in Enumerable.Range(0, loops(worker))
        select new WorkShare(worker, workers, loop, loops(worker));
}
