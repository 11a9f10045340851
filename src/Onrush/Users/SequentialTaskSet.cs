using Onrush.Users;

namespace Onrush;

/// <summary>
/// A <see cref="TaskSet"/> that performs its tasks in the order in which they are declared, again and again; a task of weight 3 three
/// times in its place. Tasks of a base class come first, those of <see cref="TasksAttribute"/> last.
/// </summary>
public abstract class SequentialTaskSet : TaskSet
{
    private int _index;
    private int _performed;

    private protected sealed override TaskNode NextTask(TaskList tasks, ref SplitMix64 sequence)
    {
        if (_performed == tasks.Nodes[_index].Weight)
        {
            _performed = 0;
            _index = (_index + 1) % tasks.Nodes.Length;
        }

        _performed++;
        return tasks.Nodes[_index];
    }
}

/// <summary>A <see cref="SequentialTaskSet"/> for users of one class.</summary>
/// <typeparam name="TUser">The class, or a base class of several.</typeparam>
public abstract class SequentialTaskSet<TUser> : SequentialTaskSet
    where TUser : User
{
    /// <summary>The user that performs the set.</summary>
    public new TUser User => (TUser)base.User;
}
