using System.Diagnostics.CodeAnalysis;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// A group of tasks that a user performs as one of its tasks: nested in the class with <see cref="TaskAttribute"/>, or assigned with
/// <see cref="TasksAttribute"/>. The user stays in the set, picking its tasks by their weights, until one calls <see cref="Interrupt"/>. A
/// new instance is made each time the set is entered. Derive from <see cref="TaskSet{TUser}"/> to have the user in its own type.
/// </summary>
public abstract partial class TaskSet : TaskOwner
{
    private User? _user;
    private TaskList? _tasks;

    /// <summary>The user that performs the set.</summary>
    public User User => _user ?? throw new InvalidOperationException(
        $"{GetType().Name} has not been entered yet: what is in its constructor belongs into OnStartAsync.");

    /// <summary>The set that this one was entered from; null when that was the user itself.</summary>
    public TaskSet? Parent { get; private set; }

    internal sealed override User Self => User;

    /// <summary>Leaves this set; what encloses it goes on.</summary>
    /// <param name="reschedule">True goes on at once, false after the wait time.</param>
    [DoesNotReturn]
    protected static void Interrupt(bool reschedule = true) => throw new InterruptTaskSetException(reschedule);

    internal void Enter(User user, TaskSet? parent, TaskList tasks)
    {
        _user = user;
        _tasks = tasks;
        Parent = parent;
    }

    internal override TaskNode NextTask() => NextTask(_tasks!, ref User.Sequence);

    /// <summary>How the kinds of sets differ: which task follows.</summary>
    private protected virtual TaskNode NextTask(TaskList tasks, ref SplitMix64 sequence) => tasks.Pick(ref sequence);
}

/// <summary>A <see cref="TaskSet"/> for users of one class.</summary>
/// <typeparam name="TUser">The class, or a base class of several.</typeparam>
public abstract class TaskSet<TUser> : TaskSet
    where TUser : User
{
    /// <summary>The user that performs the set.</summary>
    public new TUser User => (TUser)base.User;
}
