namespace Onrush.Cluster;

/// <summary>How a worker behaves.</summary>
internal sealed record WorkerSettings
{
    /// <summary>Whether its clock may differ from the coordinator's.</summary>
    public bool HasOwnClock { get; init; } = true;

    /// <summary>How long loops may take to hand over what they measured; one that user code holds is left out.</summary>
    public TimeSpan ReadPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time without a coordinator after which the run is ended here; null goes on to the planned end.</summary>
    public TimeSpan? OrphanTimeout { get; init; }

    /// <summary>How long a worker that wants to leave waits to be let go.</summary>
    public TimeSpan LeavePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reports that may wait to be taken; beyond, old neighbours are merged.</summary>
    public int MostReportsWaiting { get; init; } = 600;

    /// <summary>Numbers of users that no plan can give are dealt to so many workers; more may not ever have a share in a run.</summary>
    public int MostWorkers { get; init; } = 4096;

    /// <summary>Whether the coordinator is in this process: what the machine can do, it has looked at already.</summary>
    public bool IsLocal { get; init; }
}
