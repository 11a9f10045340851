using Onrush.Runs;

namespace Onrush.Cluster;

/// <summary>
/// Which records of a log count. A pure fold, the same for the leader, a standby, and who reads the log later:
/// <code>
/// record     counts when
/// claim      its epoch is above all before it: the first of two with the same epoch wins
/// decision   it is of the epoch in force and its revision is the next of its run; else it is fenced
/// note       it is of the epoch in force; else it is fenced
/// status     always, but its report only once: one whose numbers were taken before is a duplicate
/// others     always
/// </code>
/// An offset that was folded already changes nothing, so reading again does no harm. Of a log whose beginning is gone, since it is longer than what is kept, the
/// first decision of each epoch counts as the claim that went before it, whatever its number: it says everything, and a leader puts its last one into the log again now and then.
/// Owned by one thread.
/// </summary>
internal sealed class LogFold
{
    private readonly Dictionary<(string Run, string Worker, int Incarnation), SequenceSet> _reports = [];
    private readonly Dictionary<string, long> _revisions = [];
    private bool _isKnown;

    /// <summary>Offset of the last record; -1 before the first.</summary>
    public long Offset { get; private set; } = -1;

    /// <summary>The epoch in force; 0 before the first claim.</summary>
    public long Epoch { get; private set; }

    /// <summary>Who leads by the log; null before the first claim.</summary>
    public string? Leader { get; private set; }

    /// <summary>The last decision that counted.</summary>
    public Directive? Directive { get; private set; }

    /// <summary>Decisions and claims that did not count.</summary>
    public long Fenced { get; private set; }

    /// <summary>Whether the log had lost its beginning when it was read: what came before is not known here.</summary>
    public bool BeginsLate { get; private set; }

    /// <summary>Reports that came more than once.</summary>
    public long Duplicates { get; private set; }

    /// <summary>An empty log in which epochs up to one are taken.</summary>
    public static LogFold After(long epoch) => new() { Epoch = epoch, _isKnown = true };

    /// <summary>Goes on where a leader before stopped whose log is not there any more.</summary>
    /// <param name="epoch">The epoch in force.</param>
    /// <param name="directive">The last decision.</param>
    public void Resume(long epoch, Directive? directive)
    {
        _isKnown = true;
        Epoch = epoch;
        Directive = directive;
        if (directive is not null)
            _revisions[directive.Run] = directive.Revision;
    }

    /// <summary>Says that reports were taken by a leader before whose log is not there any more.</summary>
    public void Known(string run, string worker, int incarnation, long first, long last) => Numbers(run, worker, incarnation).Add(first, last);

    /// <summary>Takes a record into account; what of it counts, or null.</summary>
    public ClusterRecord? Apply(LogRecord entry)
    {
        if (entry.Offset <= Offset)
            return null;
        BeginsLate |= Offset < 0 && entry.Offset > 0 && !_isKnown;
        Offset = entry.Offset;
        return entry.Record switch
        {
            ClaimRecord claim => Claim(claim),
            DecisionRecord decision => Decide(decision),
            BookRecord book => Note(book),
            StatusRecord status => Take(status),
            var other => other,
        };
    }

    private ClaimRecord? Claim(ClaimRecord claim)
    {
        if (claim.Epoch <= Epoch)
        {
            Fenced++;
            return null;
        }

        (Epoch, Leader) = (claim.Epoch, claim.Sender);
        return claim;
    }

    private DecisionRecord? Decide(DecisionRecord decision)
    {
        var directive = decision.Directive;
        if (BeginsLate && directive.Epoch > Epoch)
        {
            (Epoch, Leader) = (directive.Epoch, decision.Sender);
            _revisions[directive.Run] = directive.Revision - 1;
        }

        if (directive.Epoch != Epoch || directive.Revision != _revisions.GetValueOrDefault(directive.Run) + 1)
        {
            Fenced++;
            return null;
        }

        _revisions[directive.Run] = directive.Revision;
        Directive = directive;
        return decision;
    }

    private BookRecord? Note(BookRecord book)
    {
        if (book.Epoch == Epoch)
            return book;
        Fenced++;
        return null;
    }

    private StatusRecord Take(StatusRecord status)
    {
        if (status.Report is not { } report || Numbers(status.Run, report.Worker, report.Incarnation).Add(report.FirstSequence, report.LastSequence))
            return status;
        Duplicates++;
        return status with { Report = null };
    }

    private SequenceSet Numbers(string run, string worker, int incarnation)
    {
        if (!_reports.TryGetValue((run, worker, incarnation), out var numbers))
            _reports.Add((run, worker, incarnation), numbers = new SequenceSet());
        return numbers;
    }
}
