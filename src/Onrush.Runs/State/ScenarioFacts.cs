using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What is decided about a scenario, as far as those who watch the run need it. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Executor">What its executor is called.</param>
internal sealed record ScenarioFacts(string Name, string Executor)
{
    /// <summary>Iterations it comes to; null when their number is not fixed.</summary>
    public long? Iterations { get; init; }

    /// <summary>Milliseconds from its start to its regular end; null when it has none.</summary>
    public long? LengthMs { get; init; }

    /// <summary>Users it is to have, or may have at most.</summary>
    public int TargetUsers { get; init; }

    /// <summary>Its start, in milliseconds of Unix time; null while it is not known.</summary>
    public long? StartUnixMs { get; init; }

    /// <summary>When every user had ended, in milliseconds of Unix time; null before.</summary>
    public long? EndUnixMs { get; init; }

    /// <summary>Whether what it measures stays out of the results.</summary>
    public bool WarmUp { get; init; }

    /// <summary>Put on everything it measures.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;
}
