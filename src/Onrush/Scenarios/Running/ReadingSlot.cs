namespace Onrush.Scenarios;

/// <summary>
/// Hands one reading from a loop to the control thread. Either the loop fills it or the control thread gives up, never both: what was taken out of a
/// recorder always arrives.
/// </summary>
internal sealed class ReadingSlot
{
    private readonly TaskCompletionSource<LoopReading> _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>On the loop: reads, unless nobody waits any more.</summary>
    public void Fill(Func<LoopReading> read)
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
            return;
        try
        {
            _reading.SetResult(read());
        }
        catch (Exception exception)
        {
            // The control thread must not wait for ever for what cannot come.
            _reading.SetException(exception);
        }
    }

    /// <summary>On the control thread: the reading; null when the loop had not begun to read before patience ended.</summary>
    public LoopReading? Take(CancellationToken patienceEnds)
    {
        try
        {
            _reading.Task.Wait(patienceEnds);
        }
        catch (OperationCanceledException)
        {
            if (Interlocked.Exchange(ref _taken, 1) == 0)
                return null;
        }

        return _reading.Task.Result;
    }
}
