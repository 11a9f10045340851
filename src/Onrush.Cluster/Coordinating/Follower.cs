using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>
/// Follows the run of a leader in the log, entry by entry, so that it can be carried on at any moment: what a master that stands by does. Its head calls it
/// one record at a time.
/// <code>
/// in the log                          then
/// a decision about another run        the one before is forgotten; this one is followed from here
/// that the run is closed              it is forgotten, unless it had come to its end: then its leader has the results to make
/// the verdict                         it is forgotten: its leader has the results
/// a note of the leader, a report      one entry more; reports wait for the start to be noted
/// a later decision as the first       the beginning is gone: followed from the next repetition of how things stand; reports before it are not known
/// a note that is repeated             nothing, but for who waits for it
/// </code>
/// </summary>
/// <param name="begin">Makes what keeps the entries of a run.</param>
/// <param name="forget">The run needs not be kept.</param>
/// <param name="time">The wall clock.</param>
internal sealed class Follower(Func<Directive, Action<JournalEntry>> begin, Action forget, TimeProvider time) : IRunInbox
{
    private readonly HashSet<string> _closed = [];
    private string? _name;
    private bool _beginsLate;
    private Action<JournalEntry>? _keep;

    /// <summary>The run that goes on; null when none does.</summary>
    public ResumedRun? Run { get; private set; }

    /// <summary>Whether a run was brought to its end by its leader.</summary>
    public bool HasSeenEnd => _closed.Count > 0;

    /// <summary>Raised when a run was brought to its end by its leader.</summary>
    public event Action? Closed;

    /// <inheritdoc/>
    public void Take(long offset, ClusterRecord? record)
    {
        switch (record)
        {
            case DecisionRecord { Directive: { Test: not null } directive } when !_closed.Contains(directive.Run):
                Follow(directive, RecordWire.Write(record));
                break;
            case BookRecord book when book.Run == _name && (!book.IsRepeated || _beginsLate):
                Take(new Runs.Journal.JournalReader(new MemoryStream(book.Frame), fromMiddle: true).Next());
                break;
            case StatusRecord { Report: { } report } status when status.Run == _name && !_beginsLate:
                Take(report);
                break;
        }
    }

    private void Take(SentReport report)
    {
        ReportEntry reported;
        try
        {
            reported = new(Now, report.Open()) { Packed = report.Packed };
        }
        catch (DamagedDataException)
        {
            // Its leader says so, and does not count it either.
            return;
        }

        if (Run!.Change is null)
            Run.Early.Add(reported);
        else
            Apply(reported);
    }

    private void Take(JournalEntry? entry)
    {
        if (entry is VerdictEntry)
            Close();
        else if (entry is not null)
            Apply(entry);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Follow(Directive directive, byte[] decision)
    {
        if (directive.Run != _name)
        {
            Forget();
            (_name, Run, _keep, _beginsLate) = (directive.Run, new ResumedRun(), begin(directive), directive.Revision > 1);
        }

        Apply(new DecisionEntry(Now, decision));
        if (Run is { IsOver: true })
            Close();
    }

    private void Close()
    {
        _closed.Add(_name!);
        Forget();
        Closed?.Invoke();
    }

    private void Apply(JournalEntry entry)
    {
        Run!.Apply(entry);
        _keep!(entry);
        if (entry is not ChangeEntry change)
            return;
        if (_beginsLate)
            (_beginsLate, Run.KnownSince) = (false, DateTimeOffset.FromUnixTimeMilliseconds(change.Change.UnixMs));
        ReportEntry[] early = [.. Run.Early];
        Run.Early.Clear();
        foreach (var report in early)
            Apply(report);
    }

    private void Forget()
    {
        if (_name is not null)
            forget();
        (_name, Run, _keep, _beginsLate) = (null, null, null, false);
    }
}
