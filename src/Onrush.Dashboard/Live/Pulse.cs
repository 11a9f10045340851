namespace Onrush.Dashboard;

/// <summary>
/// Wakes those who wait for something new. Whoever beats it never waits for them, so a slow reader cannot hold a run; a reader that missed some beats finds
/// out at the next one.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next beat. Take it before looking at what there is, or a beat is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes everyone.</summary>
    public void Beat() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
