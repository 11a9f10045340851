using System.Collections.Concurrent;

namespace Onrush.Cluster.Tests.Coordinating;

public sealed class ClusterHeadTests
{
    [Fact]
    public async Task What_comes_before_a_run_that_is_carried_on_waits_for_it_and_is_not_confirmed_before()
    {
        var cluster = new InMemoryCluster();
        await using var head = new ClusterHead(cluster.Coordinator("c"), "1", _ => { }, LogFold.After(7), resumes: true);
        await head.LeadAsync(CancellationToken.None);
        head.Epoch.ShouldBe(8);
        for (var i = 1; i <= 3; i++)
            cluster.Append(new StatusRecord("w", "run", new WorkerStatus { Revision = i }, null));
        var kept = cluster.Kept;
        kept.ShouldBeGreaterThanOrEqualTo(3);

        var inbox = new Inbox();
        head.Attach(inbox);
        cluster.Append(new StatusRecord("w", "run", new WorkerStatus { Revision = 4 }, null));

        inbox.Records.Select(r => r.Record).OfType<StatusRecord>().Select(s => s.Status.Revision).ShouldBe([1, 2, 3, 4]);
        cluster.Kept.ShouldBe(kept + 1);
        head.Release(inbox.Records.Max(r => r.Offset));
        cluster.Kept.ShouldBe(0);
    }

    [Fact]
    public async Task A_decision_is_not_in_the_log_before_it_is_kept_nor_one_behind_it()
    {
        var cluster = new InMemoryCluster();
        await using var head = new ClusterHead(cluster.Coordinator("c"), "1", _ => { });
        await head.LeadAsync(CancellationToken.None);
        var inbox = new Inbox();
        head.Attach(inbox);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        head.Decide(Directive(1), first.Task);
        head.Decide(Directive(2), Task.CompletedTask);
        inbox.Records.Select(r => r.Record).OfType<DecisionRecord>().ShouldBeEmpty();

        first.SetResult();
        head.Settle(TimeSpan.FromSeconds(60));
        inbox.Records.Select(r => r.Record).OfType<DecisionRecord>().Select(d => d.Directive.Revision).ShouldBe([1, 2]);

        Directive Directive(long revision) => new() { Run = "run", Epoch = head.Epoch, Revision = revision, Stage = RunStage.Preparing };
    }

    [Fact]
    public async Task Who_has_not_read_the_whole_log_when_it_leads_claims_again_as_soon_as_it_has()
    {
        var cluster = new InMemoryCluster();
        for (var epoch = 1; epoch <= 3; epoch++)
            cluster.Append(new ClaimRecord("before", epoch));
        var bus = new LateReaderBus(cluster.Coordinator("c"));

        // A clock that stands: nothing comes by waiting.
        await using var head = new ClusterHead(bus, "1", _ => { }, time: new StandingClock());
        await head.LeadAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        head.Epoch.ShouldBe(4);
        bus.Appended.ShouldBe([new ClaimRecord("c", 1), new ClaimRecord("c", 4)]);
    }

    private sealed class StandingClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed class Inbox : IRunInbox
    {
        public ConcurrentQueue<(long Offset, ClusterRecord? Record)> Records { get; } = new();

        public void Take(long offset, ClusterRecord? record) => Records.Enqueue((offset, record));
    }
}
