using System.Runtime.CompilerServices;

namespace Onrush.Engine;

/// <summary>Awaiting it goes on on the loop; at once when the caller is there already.</summary>
internal readonly struct LoopSwitch(EngineLoop loop) : ICriticalNotifyCompletion
{
    private static readonly SendOrPostCallback Run = static state => ((Action)state!)();

    /// <summary>Whether the caller is on the loop.</summary>
    public bool IsCompleted => loop.IsCurrent;

    /// <summary>The awaiter.</summary>
    public LoopSwitch GetAwaiter() => this;

    /// <summary>Nothing to return.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => loop.Post(Run, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => loop.Post(Run, continuation);
}
