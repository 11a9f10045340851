using Onrush.Users;

namespace Onrush;

/// <summary>
/// A <see cref="TaskSet"/> whose tasks say what follows them, by <see cref="TransitionAttribute"/>. It starts with the task that is declared
/// first. Its tasks need no <see cref="TaskAttribute"/> and cannot be tagged one by one.
/// </summary>
public abstract class MarkovTaskSet : TaskSet
{
    private int _state = -1;

    private protected sealed override TaskNode NextTask(TaskList tasks, ref SplitMix64 sequence)
    {
        _state = _state < 0 ? 0 : tasks.Chain!.Next(_state, ref sequence);
        return tasks.Nodes[_state];
    }
}

/// <summary>A <see cref="MarkovTaskSet"/> for users of one class.</summary>
/// <typeparam name="TUser">The class, or a base class of several.</typeparam>
public abstract class MarkovTaskSet<TUser> : MarkovTaskSet
    where TUser : User
{
    /// <summary>The user that performs the set.</summary>
    public new TUser User => (TUser)base.User;
}
