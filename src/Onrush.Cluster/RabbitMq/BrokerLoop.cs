namespace Onrush.Cluster;

/// <summary>
/// Keeps one session open: makes it, waits for its end, throws it away and makes another after a pause that grows from a tenth of a second to some seconds, with
/// jitter so that a fleet does not come back in one instant.
/// </summary>
/// <param name="address">The broker, for messages.</param>
/// <param name="open">Makes a session that works; what it opened is the caller's to close when it fails.</param>
/// <param name="onOpen">Told of each session.</param>
/// <param name="onClosed">Told why there is none: it ended, or could not be made.</param>
/// <param name="time">Its clock.</param>
internal sealed class BrokerLoop(
    BrokerAddress address, Func<BrokerSession, CancellationToken, Task> open, Action onOpen, Action<string> onClosed, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Exception?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <summary>Completes when the first session is open, or with what stands in the way for good.</summary>
    public Task<Exception?> First => _first.Task;

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var pause = Shortest;
        while (!_stop.IsCancellationRequested)
        {
            string reason;
            var session = new BrokerSession(address);
            await using (session.ConfigureAwait(false))
            {
                try
                {
                    await open(session, _stop.Token).ConfigureAwait(false);
                    onOpen();
                    _first.TrySetResult(null);
                    pause = Shortest;
                    reason = await session.Ended.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // Whatever the client throws, the way out is the same: another connection.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    reason = BrokerFault.Describe(exception, address);
                    if (BrokerFault.IsFinal(exception))
                        _first.TrySetResult(exception);
                }

                session.End(reason);
                onClosed(_stop.IsCancellationRequested ? "it was closed" : reason);
            }

            if (_stop.IsCancellationRequested)
                return;
            await Task.Delay(pause * (1 + (Random.Shared.NextDouble() * 4)), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }
}
