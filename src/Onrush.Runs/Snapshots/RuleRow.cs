namespace Onrush.Runs;

/// <summary>What a rule is about.</summary>
public enum RuleKind
{
    /// <summary>A threshold on a metric.</summary>
    Threshold,

    /// <summary>The error budget for iterations and checks.</summary>
    Limit,

    /// <summary>What the load test itself looked at when the run was over.</summary>
    Invariant,
}

/// <summary>A rule that decides whether the run was good, and how it stands.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">What must keep it: the metric with its tags, <c>iterations</c>, the method of the load test.</param>
/// <param name="Expression">What must hold.</param>
/// <param name="Passed">Whether it holds; null while there is no data. At the end of a run a rule without data is broken.</param>
public sealed record RuleRow(RuleKind Kind, string Subject, string Expression, bool? Passed)
{
    /// <summary>The value that was compared, in the unit of the metric; null without data.</summary>
    public double? Value { get; init; }

    /// <summary>What was found, for people: <c>p(95)=612 ms</c>, <c>no data</c>.</summary>
    public string Found { get; init; } = "";

    /// <summary>Whether the run ends as soon as it is broken.</summary>
    public bool AbortOnFail { get; init; }

    /// <summary>Whether exceptions of user code are judged by it.</summary>
    internal bool CoversExceptions { get; init; }
}
