using Onrush.Runs;

namespace Onrush.Cluster.Tests.Coordinating;

public sealed class CrewStandingsTests
{
    [Theory]
    [InlineData(nameof(WorkerState.Preparing), false, false, nameof(WorkerCondition.Preparing))]
    [InlineData(nameof(WorkerState.Ready), false, false, nameof(WorkerCondition.Ready))]
    [InlineData(nameof(WorkerState.Running), false, false, nameof(WorkerCondition.Running))]
    [InlineData(nameof(WorkerState.Ending), false, false, nameof(WorkerCondition.Ending))]
    [InlineData(nameof(WorkerState.Done), false, false, nameof(WorkerCondition.Done))]
    [InlineData(nameof(WorkerState.Failed), false, false, nameof(WorkerCondition.Failed))]
    [InlineData(nameof(WorkerState.Running), true, false, nameof(WorkerCondition.Late))]
    [InlineData(nameof(WorkerState.Running), true, true, nameof(WorkerCondition.Lost))]
    [InlineData(nameof(WorkerState.Done), false, true, nameof(WorkerCondition.Left))]
    [InlineData(nameof(WorkerState.Failed), false, true, nameof(WorkerCondition.Failed))]
    public void A_worker_stands_as_it_said_unless_it_is_not_heard(string said, bool late, bool gone, string stands)
    {
        var member = new CrewMember("w", new WorkerInfo("1", "m", 2, 3))
        {
            Ordinal = 0,
            IsLate = late,
            IsOut = gone,
            Status = new WorkerStatus
            {
                State = Enum.Parse<WorkerState>(said),
                Alive = 7,
                Health = new WorkerHealth { Cores = 0.51234, CoresAvailable = 4, MemoryBytes = 5, ClockOffsetNs = -6, ReportsWaiting = 8 },
            },
        };

        CrewStandings.Of([member]).ShouldBe([new WorkerStanding("w", Enum.Parse<WorkerCondition>(stands))
        {
            Users = gone ? 0 : 7, CpuPercent = 51.2, Cores = 4, MemoryBytes = 5, ClockOffsetNs = -6, ReportsWaiting = 8,
        }]);
    }

    [Fact]
    public void Of_whom_nothing_was_heard_nothing_is_said() =>
        CrewStandings.Of([new CrewMember("w", new WorkerInfo("1", "m", 2, 3))]).ShouldBeEmpty();
}
