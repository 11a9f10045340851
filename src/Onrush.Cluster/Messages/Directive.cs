namespace Onrush.Cluster;

/// <summary>
/// All that workers have to know of a run, complete each time: who missed ten of them knows as much as who had them all. Of two, the one with the higher
/// epoch holds, then the one with the higher revision. Instants are nanoseconds of the coordinator's clock. Immutable.
/// </summary>
internal sealed record Directive
{
    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>The epoch of who decided it.</summary>
    public required long Epoch { get; init; }

    /// <summary>Its number within the run, from 1; goes on over epochs.</summary>
    public required long Revision { get; init; }

    /// <summary>What is to be done.</summary>
    public required RunStage Stage { get; init; }

    /// <summary>What is run; null where the worker knows it, being in the process of the coordinator.</summary>
    public TestPlan? Test { get; init; }

    /// <summary>Who does what.</summary>
    public Roster Roster { get; init; } = Roster.Empty;

    /// <summary>The start of the run; 0 before it is known.</summary>
    public long StartNs { get; init; }

    /// <summary>The end that was planned; <see cref="long.MaxValue"/> without one. Workers keep to it by themselves when nobody leads.</summary>
    public long EndNs { get; init; } = long.MaxValue;

    /// <summary>Nanoseconds that iterations get at the end.</summary>
    public long PatienceNs { get; init; }

    /// <summary>The last order for each scenario that was ordered.</summary>
    public IReadOnlyList<NumberedOrder> Orders { get; init; } = [];

    /// <summary>What was granted of iterations that workers have left undone.</summary>
    public IReadOnlyList<IterationGrant> Grants { get; init; } = [];

    /// <summary>Number of times that everybody was asked for a report at once.</summary>
    public int ReportsAsked { get; init; }

    /// <summary>Whether it takes the place of another.</summary>
    public bool IsNewerThan(Directive other) => (Epoch, Revision).CompareTo((other.Epoch, other.Revision)) > 0;
}
