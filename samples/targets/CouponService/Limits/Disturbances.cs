namespace CouponService.Limits;

/// <summary>What goes wrong inside real services: a lock that everybody wants, memory that nobody frees, a process that stands still.</summary>
internal sealed class Disturbances : IAsyncDisposable
{
    private readonly CouponOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _convoy = new(1);
    private readonly List<byte[]> _left = [];
    private readonly Lock _lock = new();
    private readonly ITimer? _pauses;
    private TaskCompletionSource? _paused;
    private int _waiting;

    public Disturbances(CouponOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        if (options.PauseEvery > 0)
        {
            var every = TimeSpan.FromMilliseconds(options.PauseEvery);
            _pauses = time.CreateTimer(_ => _ = PauseAsync(), null, every, every);
        }
    }

    /// <summary>Completes when the request has had its share of what goes wrong.</summary>
    public async ValueTask PassAsync()
    {
        if (Volatile.Read(ref _paused) is { } paused)
            await paused.Task;
        if (_options.Leak > 0)
            await LeakAsync();
        if (_options.Convoy > 0)
            await QueueAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _paused, null)?.TrySetResult();
        return _pauses?.DisposeAsync() ?? default;
    }

    // What is kept is gone through by each request, as a list of listeners is that grows and grows.
    private async ValueTask LeakAsync()
    {
        double milliseconds;
        lock (_lock)
        {
            _left.Add(new byte[_options.Leak]);
            milliseconds = _left.Count * _options.LeakSlows / 1000.0;
        }
        if (milliseconds >= 1)
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _time);
    }

    // Each one that waits makes the change of hands dearer: more are woken in vain, and the data is in the wrong cache.
    private async ValueTask QueueAsync()
    {
        Interlocked.Increment(ref _waiting);
        await _convoy.WaitAsync();
        try
        {
            var others = Interlocked.Decrement(ref _waiting);
            await Task.Delay(TimeSpan.FromMilliseconds(_options.Convoy * (1 + others / 100.0)), _time);
        }
        finally
        {
            _convoy.Release();
        }
    }

    private async Task PauseAsync()
    {
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _paused, paused, null) is not null)
            return;
        await Task.Delay(TimeSpan.FromMilliseconds(_options.Pause), _time);
        Interlocked.CompareExchange(ref _paused, null, paused);
        paused.TrySetResult();
    }
}
