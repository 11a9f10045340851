namespace Onrush.Testing.Targets.Net;

/// <summary>Stops a server in its tracks and lets it go on: while frozen it accepts, reads, counts and answers nothing.</summary>
public sealed class Freezer
{
    private TaskCompletionSource? _thawed;

    /// <summary>Whether the server stands still.</summary>
    public bool IsFrozen => Volatile.Read(ref _thawed) is not null;

    /// <summary>Stands still from now on.</summary>
    public void Freeze() =>
        Interlocked.CompareExchange(ref _thawed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    /// <summary>Goes on.</summary>
    public void Thaw() => Interlocked.Exchange(ref _thawed, null)?.SetResult();

    /// <summary>Stands still for a while and goes on by itself.</summary>
    /// <param name="length">How long.</param>
    /// <param name="time">Clock of the wait; null takes the system's.</param>
    public async Task FreezeForAsync(TimeSpan length, TimeProvider? time = null)
    {
        Freeze();
        try
        {
            await Task.Delay(length, time ?? TimeProvider.System);
        }
        finally
        {
            Thaw();
        }
    }

    /// <summary>Completes when nothing is frozen.</summary>
    public async ValueTask PassAsync(CancellationToken cancellation)
    {
        while (Volatile.Read(ref _thawed) is { } thawed)
            await thawed.Task.WaitAsync(cancellation);
    }
}
