using Onrush.Runs;

namespace Onrush.Cluster;

/// <summary>From what a coordinator knows of its workers to what those who watch the run are told. Pure functions.</summary>
internal static class CrewStandings
{
    /// <summary>How the members stand.</summary>
    public static IReadOnlyList<WorkerStanding> Of(IEnumerable<CrewMember> members) => [.. members.Where(member => member.Status is not null || member.IsOut).Select(Of)];

    /// <summary>
    /// How one stands:
    /// <code>
    /// its share is gone, and it said that it is done   left
    /// its share is gone otherwise                      lost
    /// its beats have stopped                           late
    /// else                                             as it said itself
    /// </code>
    /// </summary>
    public static WorkerStanding Of(CrewMember member)
    {
        var status = member.Status ?? new WorkerStatus();
        return new WorkerStanding(member.Name, member switch
        {
            { IsOut: true, Status.State: WorkerState.Failed } => WorkerCondition.Failed,
            { IsOut: true, Status.State: WorkerState.Done } => WorkerCondition.Left,
            { IsOut: true } => WorkerCondition.Lost,
            { IsLate: true } => WorkerCondition.Late,
            _ => Condition(status.State),
        })
        {
            Users = member.IsOut ? 0 : status.Alive,
            CpuPercent = Math.Round(Math.Max(0, status.Health.Cores) * 100, 1),
            Cores = Math.Round(Math.Max(0, status.Health.CoresAvailable), 1),
            MemoryBytes = status.Health.MemoryBytes,
            ClockOffsetNs = status.Health.ClockOffsetNs,
            ReportsWaiting = status.Health.ReportsWaiting,
        };
    }

    private static WorkerCondition Condition(WorkerState state) => state switch
    {
        WorkerState.Preparing => WorkerCondition.Preparing,
        WorkerState.Ready => WorkerCondition.Ready,
        WorkerState.Running => WorkerCondition.Running,
        WorkerState.Ending => WorkerCondition.Ending,
        WorkerState.Done => WorkerCondition.Done,
        _ => WorkerCondition.Failed,
    };
}
