using System.Threading.Tasks.Sources;

namespace Onrush.Engine;

/// <summary>
/// The awaiting half of an operation that completes on its loop, reusable and without allocation: the continuation runs at once, on the
/// loop, inside the completion. A mutable struct inside the operation; touched only by the loop's thread, but for the check of the status.
/// </summary>
internal struct LoopCompletion
{
    private Action<object?>? _continuation;
    private object? _state;
    private short _version;
    private volatile bool _done;

    /// <summary>Whether the operation has ended.</summary>
    public readonly bool IsDone => _done;

    /// <summary>What the ValueTask of the running operation carries.</summary>
    public readonly short Token => _version;

    /// <summary>Begins the next operation; what it returns goes into the ValueTask.</summary>
    public short Begin()
    {
        _done = false;
        _continuation = null;
        _state = null;
        return ++_version;
    }

    /// <summary>
    /// Whether it is that task that awaits the operation. An async method that is suspended is itself the state of its continuation; a runtime
    /// in which it were not would give false.
    /// </summary>
    public readonly bool IsAwaitedBy(Task task) => ReferenceEquals(_state, task);

    /// <summary>Throws when a ValueTask of an earlier operation is used again.</summary>
    public readonly void Check(short token)
    {
        if (token != _version)
            throw new InvalidOperationException("This call was awaited before; every call may be awaited once.");
    }

    /// <summary>For <see cref="IValueTaskSource.OnCompleted"/>; from the loop.</summary>
    public void OnCompleted(Action<object?> continuation, object? state)
    {
        if (_done)
        {
            continuation(state);
            return;
        }

        _continuation = continuation;
        _state = state;
    }

    /// <summary>Ends the operation and goes on with whoever awaits it; on the loop.</summary>
    public void Complete()
    {
        _done = true;
        if (_continuation is not { } continuation)
            return;
        var state = _state;
        _continuation = null;
        _state = null;
        continuation(state);
    }
}
