using System.Threading.Tasks.Sources;

namespace Onrush.Engine;

/// <summary>One sleep inside a task: it outlasts a graceful stop and ends by its time or with its user. Several may be under way at once.</summary>
internal sealed class LoopSleep(LoopUser user) : LoopTimer, IValueTaskSource
{
    private LoopCompletion _completion;

    /// <summary>Begins to sleep.</summary>
    public ValueTask StartAsync(long dueNs)
    {
        var token = _completion.Begin();
        user.Loop.Timers.Arm(this, dueNs);
        return new ValueTask(this, token);
    }

    /// <summary>Ends the sleep early.</summary>
    public void Cut()
    {
        user.Loop.Timers.Disarm(this);
        user.Loop.CurrentUser = user;
        _completion.Complete();
    }

    /// <inheritdoc/>
    public void GetResult(short token)
    {
        _completion.Check(token);
        user.ThrowIfEnding();
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        _completion.Check(token);
        return _completion.IsDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (user.Loop.IsCurrent)
            _completion.OnCompleted(continuation, state);
        else
            RegisterLater(continuation, state);
    }

    /// <inheritdoc/>
    internal override void OnDue(long nowNs)
    {
        user.Forget(this);
        user.Loop.CurrentUser = user;
        _completion.Complete();
    }

    // Apart from its only caller, which would else make the closure for every await.
    private void RegisterLater(Action<object?> continuation, object? state) =>
        user.Loop.Post(_ => _completion.OnCompleted(continuation, state), null);
}
