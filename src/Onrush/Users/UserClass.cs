using System.Reflection;

namespace Onrush.Users;

/// <summary>One user class, reflected once: how to make its users, how many there are of it, and what they do.</summary>
internal sealed class UserClass
{
    private readonly Func<User> _create;
    private readonly Lazy<Facts> _facts;

    private UserClass(Type type, double weight, int fixedCount, TaskList tasks, Func<User> create)
    {
        Type = type;
        Weight = weight;
        FixedCount = fixedCount;
        Tasks = tasks;
        _create = create;
        _facts = new Lazy<Facts>(Inspect);
    }

    public Type Type { get; }

    /// <summary>Name without namespace and enclosing classes; unique in a load test.</summary>
    public string Name => Type.Name;

    /// <summary>Share among the classes without a fixed count.</summary>
    public double Weight { get; }

    /// <summary>Exact number of users; 0 shares by weight.</summary>
    public int FixedCount { get; }

    public TaskList Tasks { get; }

    /// <summary>The host that the class declares; null leaves it to the run. Makes one user to ask it, which is then thrown away.</summary>
    /// <exception cref="LoadTestException">The class cannot be made, or declares nonsense.</exception>
    public string? Host => _facts.Value.Host;

    /// <summary>Whether its users can do nothing without a host. Makes one user to ask it.</summary>
    /// <exception cref="LoadTestException">The class cannot be made, or declares nonsense.</exception>
    public bool NeedsHost => _facts.Value.NeedsHost;

    /// <summary>
    /// Mean seconds between the tasks of a user; null when nobody can know them before the run: a wait that is worked out by the load test, or task sets with
    /// waits of their own. Makes one user to ask it.
    /// </summary>
    /// <exception cref="LoadTestException">The class cannot be made, or declares nonsense.</exception>
    public double? MeanWaitSeconds => _facts.Value.MeanWaitSeconds;

    /// <exception cref="LoadTestException">Something about the class is wrong.</exception>
    public static UserClass Read(Type type)
    {
        var weight = type.GetCustomAttribute<WeightAttribute>(inherit: true)?.Weight ?? 1;
        if (!(weight > 0) || double.IsInfinity(weight))
            throw new LoadTestException(FormattableString.Invariant($"{type.DisplayName()} has the weight {weight}; a weight is a number above 0."));

        var fixedCount = type.GetCustomAttribute<FixedCountAttribute>(inherit: true)?.Users ?? 0;
        if (fixedCount < 0)
            throw new LoadTestException($"{type.DisplayName()} has the fixed count {fixedCount}; a count is a whole number from 0.");

        return new UserClass(type, weight, fixedCount, TaskReader.Read(type), Construction.Of<User>(type));
    }

    /// <summary>A new user, not attached yet. Throws what the constructor throws.</summary>
    public User Create() => _create();

    /// <summary>The class with the tasks that pass <paramref name="filter"/>.</summary>
    /// <exception cref="LoadTestException">None does.</exception>
    public UserClass Where(TagFilter filter)
    {
        if (filter.IsEmpty)
            return this;

        var tasks = Tasks.Where(filter) ?? throw new LoadTestException(
            $"{Name} has no task left with {filter}: choose other tags, or name the user classes to run without it.");
        return new UserClass(Type, Weight, FixedCount, tasks, _create);
    }

    /// <summary>The class with another share or number of users.</summary>
    /// <exception cref="LoadTestException">The weight or the count cannot be.</exception>
    public UserClass With(double weight, int fixedCount)
    {
        if (!(weight > 0) || double.IsInfinity(weight))
            throw new LoadTestException(FormattableString.Invariant($"{Name} has the weight {weight}; a weight is a number above 0."));
        if (fixedCount < 0)
            throw new LoadTestException($"{Name} has the fixed count {fixedCount}; a count is a whole number from 0.");
        return new UserClass(Type, weight, fixedCount, Tasks, _create);
    }

    public override string ToString() => Name;

    private Facts Inspect()
    {
        User user;
        try
        {
            user = _create();
        }
        catch (Exception e)
        {
            throw new LoadTestException($"{Type.DisplayName()} cannot be made: {e.GetType().Name}: {e.Message}", e);
        }

        double? wait = null;
        try
        {
            wait = user.DeclaredWaitTime.MeanSeconds;
            if (wait is not null && HasWaitOfItsOwn(Tasks))
                wait = null;
        }
        catch (ArgumentException e)
        {
            throw new LoadTestException($"{Type.DisplayName()} has a bad wait time: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (Exception)
        {
            // A wait time, or a task set, may well need a user that runs.
            wait = null;
        }

        try
        {
            return new Facts(user.DeclaredHost, user.NeedsHost, wait);
        }
        catch (Exception e)
        {
            throw new LoadTestException($"{Type.DisplayName()} cannot tell its host: {e.GetType().Name}: {e.Message}", e);
        }
    }

    private static bool HasWaitOfItsOwn(TaskList tasks) =>
        tasks.Nodes.Any(node => node.CreateSet is { } create && (!create().DeclaredWaitTime.IsUnset || (node.Tasks is { } inner && HasWaitOfItsOwn(inner))));

    private sealed record Facts(string? Host, bool NeedsHost, double? MeanWaitSeconds);
}
