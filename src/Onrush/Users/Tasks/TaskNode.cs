namespace Onrush.Users;

/// <summary>One task as declared: a method, or a task set with tasks of its own. Immutable; shared by all users of the class.</summary>
internal sealed record TaskNode
{
    /// <summary>Name of the method or of the task set.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the task sets around it and its own, joined by dots.</summary>
    public required string Path { get; init; }

    /// <summary>How often it is picked in relation to its neighbours, or repeated in a sequence.</summary>
    public required int Weight { get; init; }

    /// <summary>Its own tags and those of everything around it.</summary>
    public required IReadOnlySet<string> Tags { get; init; }

    /// <summary>Where it was declared; null for a task that was assigned from outside.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>The method; null for a task set.</summary>
    public TaskBody? Body { get; init; }

    /// <summary>Makes a new instance of the task set; null for a method.</summary>
    public Func<TaskSet>? CreateSet { get; init; }

    /// <summary>The tasks of the task set; null for a method.</summary>
    public TaskList? Tasks { get; init; }

    /// <summary>What follows it in a Markov chain, by name.</summary>
    public IReadOnlyList<Transition> Transitions { get; init; } = [];
}

/// <summary>One way on in a Markov chain.</summary>
internal sealed record Transition(string Target, int Weight);
