namespace Onrush.Runs.Results;

/// <summary>The account of an output: produced = delivered + dropped + uncertain + queued.</summary>
internal sealed record OutputDocument
{
    /// <summary>Type and place, without secrets.</summary>
    public required string Output { get; init; }

    /// <summary>What its records are called: points, data, lines.</summary>
    public required string Records { get; init; }

    /// <summary>Records that were made.</summary>
    public required long Produced { get; init; }

    /// <summary>Records that the other side said it has.</summary>
    public required long Delivered { get; init; }

    /// <summary>Records that it does not have.</summary>
    public required long Dropped { get; init; }

    /// <summary>Records it may have or not, or have twice, because an answer was lost.</summary>
    public required long Uncertain { get; init; }

    /// <summary>Records that wait; 0 once the run is over.</summary>
    public required long Queued { get; init; }

    /// <summary>What waits, in bytes.</summary>
    public required long QueuedBytes { get; init; }

    /// <summary>Requests or writes that were made once more because one before failed.</summary>
    public required long Retries { get; init; }

    /// <summary>What went wrong last; null when nothing ever did.</summary>
    public required string? Trouble { get; init; }

    /// <summary>The document of an account.</summary>
    public static OutputDocument Of(OutputRow row) => new()
    {
        Output = row.Output,
        Records = row.Records,
        Produced = row.Produced,
        Delivered = row.Delivered,
        Dropped = row.Dropped,
        Uncertain = row.Uncertain,
        Queued = row.Queued,
        QueuedBytes = row.QueuedBytes,
        Retries = row.Retries,
        Trouble = row.Trouble,
    };
}
