namespace Onrush.Cluster;

/// <summary>How a worker stands in a run. Immutable.</summary>
internal sealed record WorkerStatus
{
    /// <summary>Where it stands.</summary>
    public WorkerState State { get; init; }

    /// <summary>Which directive it follows.</summary>
    public long Revision { get; init; }

    /// <summary>Number of times it was asked for a report that it has answered.</summary>
    public int ReportsAnswered { get; init; }

    /// <summary>Users alive.</summary>
    public int Alive { get; init; }

    /// <summary>Users that did not end although they were cut.</summary>
    public int Abandoned { get; init; }

    /// <summary>The scenarios that were ordered, by name.</summary>
    public IReadOnlyList<ScenarioStatus> Scenarios { get; init; } = [];

    /// <summary>Why it cannot take part, in a sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>Why a user on it wants the run to end; null when none does.</summary>
    public string? StopAsked { get; init; }

    /// <summary>True when it wants to hand its share back and go.</summary>
    public bool Leaves { get; init; }

    /// <summary>How the process does.</summary>
    public WorkerHealth Health { get; init; } = new();
}

/// <summary>How a scenario stands on a worker.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Revision">Number of the last order for it that the worker follows.</param>
/// <param name="IsOver">Whether nothing is left of it there, as far as that order goes.</param>
/// <param name="QuotaLeft">Iterations that the worker may still begin, where their number is fixed; else 0.</param>
internal sealed record ScenarioStatus(string Name, long Revision, bool IsOver, long QuotaLeft);
