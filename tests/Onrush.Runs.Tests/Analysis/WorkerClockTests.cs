using Onrush.Runs.Analysis;

namespace Onrush.Runs.Tests.Analysis;

public sealed class WorkerClockTests
{
    [Theory]
    [InlineData(12_400, "12.4 s behind")]
    [InlineData(-700, "700 ms ahead")]
    public void A_clock_that_is_off_is_told_with_its_side(int offsetMs, string how)
    {
        var found = Found((offsetMs, WorkerCondition.Running), (3, WorkerCondition.Running)).ShouldHaveSingleItem();
        found.Severity.ShouldBe(FindingSeverity.Info);
        found.Text.ShouldContain($"That of w1 is {how}.");
        found.Evidence[0].Value.ShouldBe(how);
    }

    [Fact]
    public void The_worst_of_several_is_told_first()
    {
        var found = Found((600, WorkerCondition.Done), (-5000, WorkerCondition.Done)).ShouldHaveSingleItem();
        found.Title.ShouldBe("The clocks of 2 workers are not the master's");
        found.Evidence[0].Label.ShouldBe("w2");
    }

    [Fact]
    public void Clocks_that_are_kept_and_those_of_lost_workers_are_no_matter() =>
        Found((499, WorkerCondition.Running), (-499, WorkerCondition.Done), (90_000, WorkerCondition.Lost)).ShouldBeEmpty();

    private static Finding[] Found(params (int OffsetMs, WorkerCondition Condition)[] workers)
    {
        var run = Stage.Play(new Scene { Users = 60, Workers = workers.Length }, seed: 4);
        run = run with
        {
            Workers = [.. run.Workers.Select((worker, i) => worker with
            {
                Standing = new WorkerStanding(worker.Worker, workers[i].Condition) { ClockOffsetNs = workers[i].OffsetMs * 1_000_000L },
            })],
        };
        return [.. RunAnalysis.Findings(run).Where(finding => finding.Id == FindingKind.WorkerClock)];
    }
}
