namespace Onrush.Cluster.Tests;

/// <summary>A test for each row of the table of <see cref="LogFold"/>.</summary>
public sealed class LogFoldTests
{
    private readonly LogFold _fold = new();
    private long _offset;

    [Fact]
    public void A_claim_counts_when_its_epoch_is_above_all_before()
    {
        Apply(new ClaimRecord("a", 1)).ShouldNotBeNull();
        Apply(new ClaimRecord("b", 3)).ShouldNotBeNull();
        _fold.Leader.ShouldBe("b");
        Apply(new ClaimRecord("a", 2)).ShouldBeNull();
        (_fold.Epoch, _fold.Leader, _fold.Fenced).ShouldBe((3, "b", 1));
    }

    [Fact]
    public void The_first_of_two_claims_to_an_epoch_wins()
    {
        Apply(new ClaimRecord("a", 1)).ShouldNotBeNull();
        Apply(new ClaimRecord("b", 1)).ShouldBeNull();
        _fold.Leader.ShouldBe("a");
    }

    [Fact]
    public void A_decision_counts_in_its_epoch_and_in_its_turn()
    {
        Apply(new ClaimRecord("a", 1));
        Apply(Decision(1, 1)).ShouldNotBeNull();
        Apply(Decision(1, 2)).ShouldNotBeNull();
        Apply(Decision(1, 2)).ShouldBeNull();
        Apply(Decision(1, 4)).ShouldBeNull();
        _fold.Directive!.Revision.ShouldBe(2);
    }

    [Fact]
    public void A_decision_of_a_leader_before_is_fenced()
    {
        Apply(new ClaimRecord("a", 1));
        Apply(Decision(1, 1));
        Apply(new ClaimRecord("b", 2));
        Apply(Decision(1, 2)).ShouldBeNull();
        Apply(Decision(2, 2)).ShouldNotBeNull();
        (_fold.Fenced, _fold.Directive!.Epoch).ShouldBe((1, 2));
    }

    [Fact]
    public void A_note_counts_in_its_epoch()
    {
        Apply(new ClaimRecord("a", 1));
        Apply(new BookRecord("a", 1, "run", [])).ShouldNotBeNull();
        Apply(new ClaimRecord("b", 2));
        Apply(new BookRecord("a", 1, "run", [])).ShouldBeNull();
        Apply(new BookRecord("b", 2, "run", [])).ShouldNotBeNull();
        _fold.Fenced.ShouldBe(1);
    }

    [Fact]
    public void Of_a_log_whose_beginning_is_gone_the_first_decision_of_an_epoch_stands_for_what_went_before_it()
    {
        _offset = 1000;
        Apply(new BookRecord("a", 3, "run", [])).ShouldBeNull();
        Apply(Decision(3, 17)).ShouldNotBeNull();
        (_fold.BeginsLate, _fold.Epoch, _fold.Leader, _fold.Directive!.Revision).ShouldBe((true, 3, "x", 17));
        Apply(new BookRecord("a", 3, "run", [])).ShouldNotBeNull();

        // Said once more, or said too late by the one before.
        Apply(Decision(3, 17)).ShouldBeNull();
        Apply(Decision(3, 18)).ShouldNotBeNull();
        Apply(Decision(2, 19)).ShouldBeNull();
        Apply(Decision(4, 19)).ShouldNotBeNull();
        Apply(new ClaimRecord("b", 4)).ShouldBeNull();
        Apply(new ClaimRecord("b", 5)).ShouldNotBeNull();
    }

    [Fact]
    public void Of_a_whole_log_and_of_one_that_goes_on_from_a_journal_no_decision_stands_for_a_claim()
    {
        Apply(Decision(3, 17)).ShouldBeNull();
        _fold.BeginsLate.ShouldBeFalse();
        var resumed = new LogFold();
        resumed.Resume(2, null);
        resumed.Apply(new LogRecord(1000, Decision(3, 17))).ShouldBeNull();
        resumed.BeginsLate.ShouldBeFalse();
    }

    [Fact]
    public void A_report_counts_once_and_its_status_each_time()
    {
        Apply(Records.Status("w", 1)).ShouldBeOfType<StatusRecord>().Report.ShouldNotBeNull();
        Apply(Records.Status("w", 1)).ShouldBeOfType<StatusRecord>().Report.ShouldBeNull();
        Apply(Records.Status("v", 1)).ShouldBeOfType<StatusRecord>().Report.ShouldNotBeNull();
        _fold.Duplicates.ShouldBe(1);
    }

    [Fact]
    public void An_offset_that_was_folded_changes_nothing()
    {
        _fold.Apply(new LogRecord(5, new ClaimRecord("a", 1))).ShouldNotBeNull();
        _fold.Apply(new LogRecord(5, new ClaimRecord("b", 2))).ShouldBeNull();
        _fold.Apply(new LogRecord(4, new ClaimRecord("b", 2))).ShouldBeNull();
        _fold.Epoch.ShouldBe(1);
    }

    [Fact]
    public void What_a_leader_before_has_taken_is_a_duplicate_after_a_restart()
    {
        _fold.Resume(3, new Directive { Run = Records.Run, Epoch = 3, Revision = 8, Stage = RunStage.Running });
        _fold.Known(Records.Run, "w", 1, 1, 20);
        Apply(new ClaimRecord("b", 3)).ShouldBeNull();
        Apply(new ClaimRecord("b", 4)).ShouldNotBeNull();
        Apply(Decision(4, 9)).ShouldNotBeNull();
        Apply(Records.Status("w", 20)).ShouldBeOfType<StatusRecord>().Report.ShouldBeNull();
        Apply(Records.Status("w", 21)).ShouldBeOfType<StatusRecord>().Report.ShouldNotBeNull();
    }

    private ClusterRecord? Apply(ClusterRecord record) => _fold.Apply(new LogRecord(_offset++, record));

    private static DecisionRecord Decision(long epoch, long revision) =>
        new("x", new Directive { Run = Records.Run, Epoch = epoch, Revision = revision, Stage = RunStage.Running });
}
