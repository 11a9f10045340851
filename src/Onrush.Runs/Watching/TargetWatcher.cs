using Onrush.Runs.Journal;

namespace Onrush.Runs.Watching;

/// <summary>
/// Reads what is watched while a run goes on, each in a task of its own on the thread pool, so that nothing here can hold up a loop. A reading that fails leaves a gap;
/// the first one of each watch is told.
/// </summary>
internal sealed class TargetWatcher : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Action<TargetMetrics> _take;
    private readonly Action<string> _warn;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _all;

    /// <param name="watches">What is watched.</param>
    /// <param name="take">Takes what was read; from several threads.</param>
    /// <param name="warn">Takes a sentence when something cannot be read.</param>
    /// <param name="time">Clock of the readings.</param>
    public TargetWatcher(IEnumerable<Watch> watches, Action<TargetMetrics> take, Action<string> warn, TimeProvider time)
    {
        (_take, _warn, _time) = (take, warn, time);
        _all = Task.WhenAll(watches.Select(watch => Task.Run(() => FollowAsync(watch))));
    }

    /// <summary>Reads no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _all.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task FollowAsync(Watch watch)
    {
        using var timer = new PeriodicTimer(watch.Period, _time);
        HashSet<string> known = [];
        bool told = false;
        IWatchReader? reader = null;
        try
        {
            do
            {
                try
                {
                    reader ??= watch.Open(_time);
                    await ReadAsync(reader, watch.Source, known).ConfigureAwait(false);
                }
                catch (Exception exception) when (!_end.IsCancellationRequested)
                {
                    if (!told)
                        _warn($"Watching {watch.Source} failed: {Reason(exception)} The run goes on without it; later failures are not told.");
                    told = true;
                    Take(new WatchReading(_time.GetUtcNow().ToUnixTimeMilliseconds(), known.ToDictionary(name => name, _ => double.NaN), WatchReading.UnitOf([], null)), watch.Source);
                }
            }
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        finally
        {
            reader?.Dispose();
        }
    }

    private async Task ReadAsync(IWatchReader reader, string source, HashSet<string> known)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(Patience);
        foreach (var reading in await reader.ReadAsync(limit.Token).ConfigureAwait(false))
        {
            known.UnionWith(reading.Values.Keys);
            Take(reading, source);
        }
    }

    private void Take(WatchReading reading, string source)
    {
        if (reading.Values.Count > 0)
            _take(reading.Of(source));
    }

    private static string Reason(Exception exception) => exception switch
    {
        OperationCanceledException => $"no answer within {Patience.TotalSeconds:0} s.",
        _ => exception.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".",
    };
}
