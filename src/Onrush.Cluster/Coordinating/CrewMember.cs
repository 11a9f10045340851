namespace Onrush.Cluster;

/// <summary>A worker as the coordinator of a run sees it. Used by the thread of the run.</summary>
internal sealed class CrewMember(string name, WorkerInfo info, WorkerTally? tally = null)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What it is.</summary>
    public WorkerInfo Info { get; set; } = info;

    /// <summary>Its place in the roster; -1 before it has a share.</summary>
    public int Ordinal { get; set; } = -1;

    /// <summary>How it stands, as it said last; null before it said anything about this run.</summary>
    public WorkerStatus? Status { get; set; }

    /// <summary>Whether its beats have stopped.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether its share was given to others, or it has gone.</summary>
    public bool IsOut { get; set; }

    /// <summary>What its reports come to.</summary>
    public WorkerTally Tally { get; } = tally ?? new WorkerTally();

    /// <summary>Whether the run counts on it.</summary>
    public bool Counts => Ordinal >= 0 && !IsOut;

    /// <summary>Whether it still has something to say.</summary>
    public bool IsActive => Counts && Status?.State is not (WorkerState.Done or WorkerState.Failed);
}
