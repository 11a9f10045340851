using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster.Tests.Coordinating;

/// <summary>A test for each row of the table of <see cref="Follower"/>.</summary>
public sealed class FollowerTests
{
    private readonly List<(string Run, JournalEntry Entry)> _kept = [];
    private readonly Follower _follower;
    private int _forgotten;
    private int _closed;
    private long _offset;

    public FollowerTests()
    {
        _follower = new Follower(directive => entry => _kept.Add((directive.Run, entry)), () => _forgotten++, TimeProvider.System);
        _follower.Closed += () => _closed++;
    }

    [Fact]
    public void A_run_is_followed_from_its_first_decision_on()
    {
        Take(Note("run", Began));
        _follower.Run.ShouldBeNull();
        Take(Decision("run", 1));
        Take(Note("run", Began));
        Take(Note("another", Began));
        Take(Decision("run", 2));
        _follower.Run!.Directive!.Revision.ShouldBe(2);
        _follower.Run.Change.ShouldNotBeNull().TargetUsers.ShouldBe(5);
        _kept.Select(k => k.Entry.GetType()).ShouldBe([typeof(DecisionEntry), typeof(ChangeEntry), typeof(DecisionEntry)]);
    }

    [Fact]
    public void Reports_that_come_before_the_start_is_noted_wait_for_it()
    {
        Take(Decision("run", 1));
        Take(Records.Status("w", 1) with { Run = "run" });
        _kept.Count.ShouldBe(1);
        Take(Note("run", Began));
        Take(Records.Status("w", 2) with { Run = "run" });
        Take(Records.Status("w", 3) with { Run = "another" });
        _kept.Select(k => k.Entry.GetType()).ShouldBe([typeof(DecisionEntry), typeof(ChangeEntry), typeof(ReportEntry), typeof(ReportEntry)]);
        _follower.Run!.State.Applied.Sum(range => range.Last - range.First + 1).ShouldBe(2);
    }

    [Fact]
    public void A_run_whose_beginning_is_gone_is_followed_from_when_it_is_said_again_how_things_stand()
    {
        Take(Decision("run", 40));
        Take(Records.Status("w", 700) with { Run = "run" });
        Take(Note("run", new RosterEntry(5, new RosterChange("w", 1, Joined: true, 2, "box", "1"))) with { IsRepeated = true });
        Take(Records.Status("w", 701) with { Run = "run" });
        Take(Note("run", Began) with { IsRepeated = true });
        Take(Records.Status("w", 702) with { Run = "run" });
        _kept.Select(k => k.Entry.GetType()).ShouldBe([typeof(DecisionEntry), typeof(RosterEntry), typeof(ChangeEntry), typeof(ReportEntry)]);
        _follower.Run!.State.Applied.Single().ShouldBe(("w", 1, 702, 702));
        _follower.Run.KnownSince.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

        // From then on it knows, like everybody else.
        Take(Note("run", Began) with { IsRepeated = true });
        _kept.Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_said_again_is_nothing_to_who_was_there_from_the_beginning()
    {
        Take(Decision("run", 1));
        Take(Note("run", Began));
        Take(Note("run", Began) with { IsRepeated = true });
        _kept.Count.ShouldBe(2);
        _follower.Run!.KnownSince.ShouldBeNull();
    }

    [Fact]
    public void Another_run_takes_the_place_of_the_one_before()
    {
        Take(Decision("first", 1));
        Take(Decision("second", 1));
        _forgotten.ShouldBe(1);
        _follower.Run!.Directive!.Run.ShouldBe("second");
        _closed.ShouldBe(0);
    }

    [Fact]
    public void A_run_that_is_closed_is_forgotten_for_good()
    {
        Take(Decision("run", 1));
        Take(Decision("run", 2) with { Directive = Directive("run", 2) with { Stage = RunStage.Closed } });
        (_follower.Run, _follower.HasSeenEnd, _forgotten, _closed).ShouldBe((null, true, 1, 1));
        Take(Decision("run", 3));
        _follower.Run.ShouldBeNull();
    }

    [Fact]
    public void A_run_that_is_closed_at_its_end_is_left_to_whoever_judges_it()
    {
        Take(Decision("run", 1));
        Take(Note("run", Began));
        Take(Note("run", new ChangeEntry(2, new RunChange(1_700_000_001_000, RunPhase.Stopped, 0, 1, "why"))));
        _follower.Run!.ShouldSatisfyAllConditions(run => run.IsToBeClosed.ShouldBeTrue(), run => run.IsOver.ShouldBeFalse());
        Take(Decision("run", 2) with { Directive = Directive("run", 2) with { Stage = RunStage.Closed } });
        _follower.Run.ShouldSatisfyAllConditions(run => run!.IsToBeClosed.ShouldBeTrue(), run => run!.IsOver.ShouldBeFalse());
        (_follower.HasSeenEnd, _forgotten, _closed).ShouldBe((false, 0, 0));

        Take(Note("run", new VerdictEntry(3, new RunVerdict(0, "passed"))));
        (_follower.Run, _follower.HasSeenEnd, _forgotten, _closed).ShouldBe((null, true, 1, 1));
    }

    private static ChangeEntry Began => new(1, new RunChange(1_700_000_000_000, RunPhase.Spawning, 5, 1));

    private void Take(ClusterRecord record) => _follower.Take(_offset++, record);

    private static Directive Directive(string run, long revision) =>
        new() { Run = run, Epoch = 1, Revision = revision, Stage = RunStage.Running, Test = new TestPlan("t.cs", "hash", new RunOptions()) };

    private static DecisionRecord Decision(string run, long revision) => new("m", Directive(run, revision));

    private static BookRecord Note(string run, JournalEntry entry)
    {
        var frame = new PackedWriter();
        new JournalEncoder().Append(entry, frame);
        return new BookRecord("m", 1, run, frame.Bytes.ToArray());
    }
}
