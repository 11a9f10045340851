using Onrush.Measurement;

namespace Onrush.Cluster;

/// <summary>
/// What a worker has to say, in order, each kept until the bus has confirmed it. While nobody takes anything, memory stays bounded: the oldest reports that
/// were not sent yet are merged by twos, so that seconds get coarser and nothing that was counted is lost. Any thread may add.
/// </summary>
/// <param name="bus">Where it goes.</param>
/// <param name="time">Clock of the pauses between tries.</param>
/// <param name="mostReports">Reports that may wait.</param>
internal sealed class Outbox(IWorkerBus bus, TimeProvider time, int mostReports) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _closed = new();
    private readonly LinkedList<ClusterRecord> _waiting = new();
    private TaskCompletionSource _empty = Completed();
    private bool _sending;

    /// <summary>Records that were not confirmed.</summary>
    public int Waiting
    {
        get
        {
            lock (_waiting)
                return _waiting.Count;
        }
    }

    /// <summary>Completes when everything that was added so far is confirmed.</summary>
    public Task Empty
    {
        get
        {
            lock (_waiting)
                return _empty.Task;
        }
    }

    /// <summary>Adds a record.</summary>
    public void Add(ClusterRecord record)
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0)
                _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(record);
            if (_waiting.Count > mostReports)
                Thin();
            if (_sending)
                return;
            _sending = true;
        }

        _ = SendAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _closed.Cancel();

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    // Runs on the thread of whoever added while the bus answers at once, so within a process nothing waits for another thread.
    private async Task SendAsync()
    {
        var pause = ShortestPause;
        while (Next() is { } record)
        {
            try
            {
                await bus.AppendAsync(record, _closed.Token).ConfigureAwait(false);
                Confirmed();
                pause = ShortestPause;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (BusException)
            {
                // In the log or not: it goes again, and counts once.
                try
                {
                    await Task.Delay(pause, time, _closed.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private ClusterRecord? Next()
    {
        lock (_waiting)
        {
            if (_waiting.First is { } first)
                return first.Value;
            _sending = false;
            _empty.TrySetResult();
            return null;
        }
    }

    private void Confirmed()
    {
        lock (_waiting)
            _waiting.RemoveFirst();
    }

    // The first may be in the log already, so it stays as it is.
    private void Thin()
    {
        var node = _waiting.First?.Next;
        while (node is not null)
        {
            // What only tells how things stood is out of date when something later does.
            if (node.Value is StatusRecord { Report: null } && node.Next?.Value is StatusRecord)
            {
                var next = node.Next;
                _waiting.Remove(node);
                node = next;
                continue;
            }

            if (node is { Value: StatusRecord { Report: { } early } one, Next.Value: StatusRecord { Report: { } late } other }
                && one.Run == other.Run && early.LastSequence + 1 == late.FirstSequence)
            {
                node.Value = other with { Report = IntervalReport.Merge(early.Open(), late.Open()) };
                _waiting.Remove(node.Next);
            }

            node = node.Next;
        }
    }
}
