using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster.Tests.Coordinating;

public sealed class SharedBookTests
{
    /// <summary>A log that is longer than what is kept of it: its beginning is released, as a stream forgets it.</summary>
    [Fact]
    public async Task Who_begins_to_stand_by_when_the_beginning_is_gone_learns_how_things_stand_and_can_take_over()
    {
        var cluster = new InMemoryCluster();
        await using var head = new ClusterHead(cluster.Coordinator("first"), "1", _ => { }, LogFold.After(4));
        var seen = new Seen();
        head.Attach(seen);
        await head.LeadAsync(CancellationToken.None);
        var book = new SharedBook(null, head, "run");
        head.Decide(Directive(head, 1), Task.CompletedTask);
        book.RosterChanged(new RosterChange("w", 1, Joined: true, 2, "box", "1"));
        book.Changed(new RunChange(1_700_000_000_000, RunPhase.Running, 7, 1));
        head.Decide(Directive(head, 2), Task.CompletedTask);
        head.Settle(TimeSpan.FromSeconds(60));
        head.Release(seen.Offset);
        cluster.Kept.ShouldBe(0);

        List<JournalEntry> kept = [];
        var follower = new Follower(_ => kept.Add, () => { }, TimeProvider.System);
        var standby = new ClusterHead(cluster.Coordinator("second"), "1", _ => { });
        await using (standby)
        {
            standby.Attach(follower);
            standby.Read();
            for (var second = 1; second <= 300; second++)
            {
                follower.Run.ShouldBeNull();
                book.Shown(RunSnapshot.Empty with { TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + (second * 1000)) });
            }

            head.Settle(TimeSpan.FromSeconds(60));
            var run = follower.Run.ShouldNotBeNull();
            (run.Directive!.Revision, run.Change!.TargetUsers, run.Roster["w"].Machine).ShouldBe((2, 7, "box"));
            run.Members().Single().ShouldSatisfyAllConditions(w => w.Name.ShouldBe("w"), w => w.IsOut.ShouldBeFalse());
            run.KnownSince.ShouldNotBeNull();
            kept.Count.ShouldBe(3);

            // The next epoch is above the one of which it did not see the claim.
            await head.DisposeAsync();
            await standby.LeadAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            standby.Epoch.ShouldBe(6);
        }
    }

    private static Directive Directive(ClusterHead head, long revision) => new()
    {
        Run = "run",
        Epoch = head.Epoch,
        Revision = revision,
        Stage = RunStage.Running,
        Test = new TestPlan("t.cs", "hash", new RunOptions()),
        Roster = RosterPlan.First(["w"], 1),
    };

    private sealed class Seen : IRunInbox
    {
        public long Offset { get; private set; }

        public void Take(long offset, ClusterRecord? record) => Offset = offset;
    }
}
