using System.Threading.Tasks.Sources;

namespace Onrush.Engine;

/// <summary>
/// <see cref="LoopSwitch"/> as a ValueTask: whoever awaits it goes on on the loop, whatever thread and context it came from. An async method
/// could not promise that: the runtime does not continue a foreign await on a thread that has a context of its own, and takes the pool instead.
/// Without state, so one serves the whole loop.
/// </summary>
internal sealed class LoopSwitchSource(EngineLoop loop) : IValueTaskSource
{
    /// <inheritdoc/>
    public void GetResult(short token)
    {
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => loop.IsCurrent ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        loop.Post(new SendOrPostCallback(continuation), state);
}
