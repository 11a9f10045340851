using Onrush.Runs.Journal;

namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>
/// The journal of a run that is written here and sent on. It is first in a file, whole, so whatever happens to the server or to this process, nothing is lost, and what
/// waits takes no memory; a thread of its own sends once a second what is new. <see cref="SendStates"/> has the states.
/// </summary>
internal sealed class OutgoingJournal : IJournalFile
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAtTheEnd = TimeSpan.FromMilliseconds(250);

    // Within what the writer of a journal grants its file.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(20);

    private readonly IJournalFile _file;
    private readonly JournalSender _sender;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly ManualResetEventSlim _over = new();
    private readonly Thread _thread;
    private volatile SendState _state = SendState.Sending;
    private volatile string? _problem;

    /// <param name="file">The file, of which this is the owner.</param>
    /// <param name="sender">Sends it.</param>
    /// <param name="time">Clock of the pauses.</param>
    /// <param name="warn">Takes a sentence when something about the connection changes; called by any thread.</param>
    public OutgoingJournal(IJournalFile file, JournalSender sender, TimeProvider time, Action<string> warn)
    {
        (_file, _sender, _time, _warn) = (file, sender, time, warn);
        _thread = new Thread(SendAll) { Name = "store", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How it stands.</summary>
    public SendState State => _state;

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Problem => _problem;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> frames) => _file.Append(frames);

    /// <inheritdoc/>
    public void Sync() => _file.Sync();

    /// <summary>Sends the rest, within a bounded time, and closes the file.</summary>
    public void Dispose()
    {
        _over.Set();
        _thread.Join(ClosePatience + LongestPause);
        _file.Dispose();
    }

    private void SendAll()
    {
        var pause = Pace;
        long? overSince = null;
        while (!_state.IsEnd())
        {
            Wait(pause, overSince is not null);
            var over = _over.IsSet;
            overSince ??= over ? _time.GetTimestamp() : null;
            var outcome = Attempt(over);
            var late = overSince is { } since && _time.GetElapsedTime(since) >= ClosePatience;
            var next = _state.After(outcome, over, late);
            if (next != _state)
                Tell(next);
            _state = next;
            pause = next == SendState.Waiting ? TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)) : Pace;
        }
    }

    private SendOutcome Attempt(bool over)
    {
        try
        {
            _sender.Send(complete: over);
            _problem = null;
            return SendOutcome.Taken;
        }
        catch (RefusedException refused)
        {
            _problem = refused.Message;
            return SendOutcome.Refused;
        }
        catch (Exception exception)
        {
            // Also what nobody thought of must not end the thread: the file is there, and the next attempt may do better.
            _problem = exception.Message.TrimEnd('.');
            return SendOutcome.Failed;
        }
    }

    private void Tell(SendState next)
    {
        switch (next)
        {
            case SendState.Waiting:
                _warn($"The store cannot be reached: {_problem}. The run goes on and is kept here until it can.");
                break;
            case SendState.Sending:
                _warn("The store can be reached again; it has everything that was kept here meanwhile.");
                break;
            case SendState.Refused:
                _warn($"The store does not take the rest of this run: {_problem}.");
                break;
        }
    }

    private void Wait(TimeSpan pause, bool over)
    {
        using var due = new ManualResetEventSlim();
        using var timer = _time.CreateTimer(_ => due.Set(), null, over ? PauseAtTheEnd : pause, Timeout.InfiniteTimeSpan);
        if (over)
            due.Wait();
        else
            WaitHandle.WaitAny([due.WaitHandle, _over.WaitHandle]);
    }
}
