using System.Runtime.CompilerServices;
using Onrush.Engine;

namespace Onrush.Http.Client;

/// <summary>
/// Awaiting it goes on on the loop as <see cref="LoopSwitch"/> does, but without the loop as context: what the runtime's client awaits
/// asks for no context, and goes on where it was completed only when there is none.
/// </summary>
internal readonly struct QuietSwitch(EngineLoop loop) : ICriticalNotifyCompletion
{
    private static readonly SendOrPostCallback Run = static state =>
    {
        using var quiet = new ContextScope(null);
        ((Action)state!)();
    };

    /// <summary>Whether the caller is on the loop.</summary>
    public bool IsCompleted => loop.IsCurrent;

    /// <summary>The awaiter.</summary>
    public QuietSwitch GetAwaiter() => this;

    /// <summary>Nothing to return.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => loop.Post(Run, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => loop.Post(Run, continuation);
}
