namespace Onrush;

/// <summary>
/// A virtual user. A load test derives from it, or from one of the HTTP users, and marks methods with <see cref="TaskAttribute"/>;
/// each user then picks tasks by their weights, performs one after the other and waits <see cref="TaskOwner.WaitTime"/> between them. A
/// task that throws is counted and the user goes on. All code of one user runs on one thread, one piece at a time.
/// </summary>
public abstract partial class User : TaskOwner
{
    /// <summary>Number of this user, unique over the whole run and all machines, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>URL in front of every relative path, for instance <c>https://shop.example</c>. What the run was started with wins over it.</summary>
    protected virtual string? Host => null;

    internal sealed override User Self => this;
}
