namespace Onrush.Users;

/// <summary>The tasks of a user class or of a task set. Immutable; shared by all users of the class.</summary>
internal sealed class TaskList
{
    private readonly long[] _bounds;

    public TaskList(string owner, TaskOrder order, TaskNode[] nodes)
    {
        Owner = owner;
        Order = order;
        Nodes = nodes;
        Chain = order == TaskOrder.Markov ? new MarkovChain(owner, nodes) : null;

        _bounds = new long[nodes.Length];
        var sum = 0L;
        for (var i = 0; i < nodes.Length; i++)
            _bounds[i] = sum += nodes[i].Weight;
    }

    /// <summary>Name of the class, for errors.</summary>
    public string Owner { get; }

    public TaskOrder Order { get; }

    /// <summary>In the order of declaration; never empty.</summary>
    public TaskNode[] Nodes { get; }

    /// <summary>Only for <see cref="TaskOrder.Markov"/>.</summary>
    public MarkovChain? Chain { get; }

    /// <summary>Draws one by weight, whatever was drawn before.</summary>
    public TaskNode Pick(ref SplitMix64 sequence)
    {
        var drawn = sequence.NextBelow(_bounds[^1]);
        var i = 0;
        while (_bounds[i] <= drawn)
            i++;
        return Nodes[i];
    }

    /// <summary>The share of each node in the tasks performed, adding up to 1.</summary>
    public double[] Shares() => Chain?.Shares() ?? [.. Nodes.Select(node => (double)node.Weight / _bounds[^1])];

    /// <summary>The tasks that pass <paramref name="filter"/>; null when none does.</summary>
    /// <exception cref="LoadTestException">Only some tasks of a Markov chain pass.</exception>
    public TaskList? Where(TagFilter filter)
    {
        var left = new List<TaskNode>(Nodes.Length);
        foreach (var node in Nodes)
        {
            if (node.Tasks is null)
            {
                if (filter.Passes(node.Tags))
                    left.Add(node);
            }
            else if (node.Tasks.Where(filter) is { } tasks)
            {
                left.Add(node with { Tasks = tasks });
            }
        }

        if (Order == TaskOrder.Markov && left.Count > 0 && left.Count < Nodes.Length)
            throw new LoadTestException($"{Owner}: the tags take only some of the tasks of a MarkovTaskSet, which breaks its chain; tag the whole set.");

        return left.Count == 0 ? null : new TaskList(Owner, Order, [.. left]);
    }
}
