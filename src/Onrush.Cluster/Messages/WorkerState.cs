namespace Onrush.Cluster;

/// <summary>Where a worker stands in a run.</summary>
internal enum WorkerState
{
    /// <summary>It gets the load test and its loops ready.</summary>
    Preparing,

    /// <summary>It could begin.</summary>
    Ready,

    /// <summary>It carries out its share.</summary>
    Running,

    /// <summary>It ends its users.</summary>
    Ending,

    /// <summary>Nobody is left on it, and everything it measured was told.</summary>
    Done,

    /// <summary>It cannot take part; <see cref="WorkerStatus.Problem"/> says why.</summary>
    Failed,
}
