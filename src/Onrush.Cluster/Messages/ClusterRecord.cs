namespace Onrush.Cluster;

/// <summary>Something in the log of a cluster: what a worker says, and what leaders claim and decide. Immutable.</summary>
/// <param name="Sender">Name of the worker or of the candidate.</param>
internal abstract record ClusterRecord(string Sender);

/// <summary>A worker is there, for the first time or after its connection was made anew: it may have missed what was sent.</summary>
/// <param name="Sender">Name of the worker.</param>
/// <param name="Info">What it is.</param>
internal sealed record HelloRecord(string Sender, WorkerInfo Info) : ClusterRecord(Sender);

/// <summary>How a worker stands, each second of a run and whenever something changes that the coordinator waits for.</summary>
/// <param name="Sender">Name of the worker.</param>
/// <param name="Run">The run.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Report">What it measured since the report before; null when it is only about the status.</param>
internal sealed record StatusRecord(string Sender, string Run, WorkerStatus Status, SentReport? Report) : ClusterRecord(Sender);

/// <summary>A worker has gone on purpose; everything it measured is in the log before this.</summary>
/// <param name="Sender">Name of the worker.</param>
internal sealed record GoneRecord(string Sender) : ClusterRecord(Sender);

/// <summary>A candidate takes the lead. It counts when its epoch is above all before it in the log.</summary>
/// <param name="Sender">Name of the candidate.</param>
/// <param name="Epoch">Number of its time as leader.</param>
internal sealed record ClaimRecord(string Sender, long Epoch) : ClusterRecord(Sender);

/// <summary>Something that a leader noted about its run, beside decisions and reports. It counts when its epoch is the one in force.</summary>
/// <param name="Sender">Name of the candidate.</param>
/// <param name="Epoch">The epoch that it leads in.</param>
/// <param name="Run">The run.</param>
/// <param name="Frame">The note, as a frame of a journal.</param>
internal sealed record BookRecord(string Sender, long Epoch, string Run, byte[] Frame) : ClusterRecord(Sender)
{
    /// <summary>Whether it was noted before: for who found the beginning of the log gone.</summary>
    public bool IsRepeated { get; init; }
}

/// <summary>What a leader decided. It counts when its epoch is the one in force, and its revision is the next.</summary>
/// <param name="Sender">Name of the candidate.</param>
/// <param name="Directive">The decision.</param>
internal sealed record DecisionRecord(string Sender, Directive Directive) : ClusterRecord(Sender);
