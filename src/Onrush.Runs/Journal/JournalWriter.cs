using System.Collections.Concurrent;
using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// Writes a journal from a thread of its own, so that a slow disk holds up nobody: entries wait in a queue, and what does not fit into it is lost and
/// counted. A write that fails is told once; the next ones are tried all the same, since a full disk may become free. Any thread may add entries.
/// </summary>
internal sealed class JournalWriter : IRunRecorder, IDisposable
{
    // Ten minutes of a single worker.
    private const int MostWaiting = 1200;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<JournalEntry> _waiting = new(MostWaiting);
    private readonly JournalEncoder _encoder = new();
    private readonly PackedWriter _frames = new();
    private readonly IJournalFile _file;
    private readonly JournalSync _sync;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly bool _goesOn;
    private readonly Thread _thread;
    private long _syncedAt;
    private bool _unsynced;
    private long _lost;
    private string? _problem;
    private bool _closed;
    private IReadOnlyList<RuleRow> _rules = [];

    /// <param name="file">Where to; closed at the end.</param>
    /// <param name="sync">When it is put on the disk.</param>
    /// <param name="time">Clock of the entries.</param>
    /// <param name="warn">Takes a sentence when the journal becomes incomplete; once. Called by the writing thread.</param>
    /// <param name="goesOn">Whether the file has a journal already that is written on.</param>
    public JournalWriter(IJournalFile file, JournalSync sync, TimeProvider time, Action<string> warn, bool goesOn = false)
    {
        (_file, _sync, _time, _warn, _goesOn) = (file, sync, time, warn, goesOn);
        _syncedAt = time.GetTimestamp();
        _thread = new Thread(WriteAll) { Name = "journal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Why the journal is incomplete; null when it is not.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Entries that are not in it.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public void Changed(RunChange change) => Add(new ChangeEntry(UnixMs, change));

    /// <inheritdoc/>
    public void Reported(IntervalReport report, PackedReport? packed = null) => Add(packed is null ? new ReportEntry(UnixMs, report) : new KeptEntry(UnixMs, packed));

    /// <inheritdoc/>
    public void Shown(RunSnapshot picture)
    {
        // What a loaded run has in each second is an object of its own; mostly nothing in it is different.
        var isNew = !picture.Rules.SequenceEqual(_rules);
        _rules = picture.Rules;
        Add(new ShownEntry(picture.TakenAt.ToUnixTimeMilliseconds(), isNew ? picture.Rules : null));
    }

    /// <inheritdoc/>
    public void WasReset(StatisticsReset reset) => Add(new ResetEntry(reset.UnixMs));

    /// <inheritdoc/>
    public void Measured(TargetMetrics metrics) => Add(new TargetMetricsEntry(metrics.UnixMs, metrics));

    /// <inheritdoc/>
    public void RosterChanged(RosterChange change) => Add(new RosterEntry(UnixMs, change));

    /// <inheritdoc/>
    public void Stood(IReadOnlyList<WorkerStanding> standings) => Add(new WorkersEntry(UnixMs, standings));

    /// <inheritdoc/>
    public void Decided(byte[] decision) => Add(new DecisionEntry(UnixMs, decision));

    /// <inheritdoc/>
    public void WhenKept(Action then)
    {
        // Where the queue is full, what is in front of this is lost or late; whoever waits is told when there is room again.
        if (!TryAdd(new MarkEntry(then), TimeSpan.Zero))
            then();
    }

    /// <summary>Adds an entry as another process made it.</summary>
    public void Enter(JournalEntry entry) => Add(entry);

    /// <summary>Adds what the run is started with.</summary>
    public void Planned(RunPlan plan) => Add(new PlanEntry(UnixMs, plan));

    /// <summary>Adds a line of the log.</summary>
    public void Logged(string level, string text) => Add(new LogEntry(UnixMs, new LogLine(UnixMs, level, text)));

    /// <summary>Adds the result.</summary>
    public void Judged(RunVerdict verdict) => Add(new VerdictEntry(UnixMs, verdict));

    /// <summary>Waits until everything was written, or given up, that was added so far; a bounded time.</summary>
    public void Flush()
    {
        var reached = new ManualResetEventSlim();
        if (TryAdd(new MarkEntry(reached.Set), ClosePatience))
            reached.Wait(ClosePatience);
    }

    /// <summary>Writes what waits, puts it on the disk and closes the file.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            if (_closed)
                return;
            _closed = true;
            _waiting.CompleteAdding();
        }

        // A disk that hangs for ever must not keep the process.
        if (_thread.Join(ClosePatience))
            _waiting.Dispose();
    }

    private long UnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Add(JournalEntry entry)
    {
        if (!TryAdd(entry, TimeSpan.Zero))
            Lose(1, "the disk is too slow");
    }

    private bool TryAdd(JournalEntry entry, TimeSpan patience)
    {
        try
        {
            return _waiting.TryAdd(entry, patience);
        }
        catch (InvalidOperationException)
        {
            // The log may have a last word after the end. It is in no journal then, and nothing is missing from the run.
            return true;
        }
    }

    private void WriteAll()
    {
        if (!_goesOn)
        {
            JournalFormat.Header().CopyTo(_frames.Reserve(JournalFormat.HeaderSize));
            Write(0);
        }

        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            var entries = 0;
            for (var entry = first; entry is not null; entry = _waiting.TryTake(out var next) ? next : null)
            {
                if (entry is MarkEntry mark)
                {
                    Write(entries);
                    entries = 0;
                    mark.Reached();
                }
                else
                {
                    entries += Encode(entry);
                }
            }

            Write(entries);
        }

        Guarded(_file.Sync, 0);
        Guarded(_file.Dispose, 0);
    }

    private int Encode(JournalEntry entry)
    {
        var before = _frames.Length;
        try
        {
            if (entry is KeptEntry kept)
                _encoder.Append(kept.UnixMs, kept.Packed, _frames);
            else
                _encoder.Append(entry, _frames);
            return 1;
        }
        catch (Exception exception)
        {
            // Whatever an entry holds, the others are written.
            _frames.Truncate(before);
            _encoder.Restart();
            Lose(1, exception.Message);
            return 0;
        }
    }

    private void Write(int entries)
    {
        if (_frames.Length == 0)
            return;
        if (!Guarded(() => _file.Append(_frames.Bytes), entries))
            _encoder.Restart();
        else
            _unsynced = true;
        _frames.Clear();
        if (_unsynced && (_sync == JournalSync.Frame || (_sync == JournalSync.Second && _time.GetElapsedTime(_syncedAt) >= TimeSpan.FromSeconds(1))))
        {
            _syncedAt = _time.GetTimestamp();
            _unsynced = !Guarded(_file.Sync, 0);
        }
    }

    private bool Guarded(Action action, int entries)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception)
        {
            Lose(entries, exception.Message);
            return false;
        }
    }

    private void Lose(int entries, string why)
    {
        Interlocked.Add(ref _lost, entries);
        if (Interlocked.CompareExchange(ref _problem, why, null) is null)
            _warn($"The journal of this run is incomplete: {why.TrimEnd('.')}. The run goes on.");
    }

    // Only what is written: the report that was read of it need not wait for the disk.
    private sealed record KeptEntry(long UnixMs, PackedReport Packed) : JournalEntry(UnixMs);

    private sealed record MarkEntry(Action Reached) : JournalEntry(0);
}
