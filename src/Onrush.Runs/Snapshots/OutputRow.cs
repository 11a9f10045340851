namespace Onrush.Runs;

/// <summary>The account of an output: produced = delivered + dropped + uncertain + queued. Immutable.</summary>
/// <param name="Output">Type and place, without secrets.</param>
/// <param name="Records">What its records are called: points, data, lines.</param>
internal record OutputRow(string Output, string Records)
{
    /// <summary>Records that were made.</summary>
    public long Produced { get; init; }

    /// <summary>Records that the other side said it has.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that it does not have.</summary>
    public long Dropped { get; init; }

    /// <summary>Records it may have or not, or have twice: an answer was lost.</summary>
    public long Uncertain { get; init; }

    /// <summary>Records that wait.</summary>
    public long Queued => Produced - Delivered - Dropped - Uncertain;

    /// <summary>What waits, in bytes.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>Requests or writes that were made once more because one before failed.</summary>
    public long Retries { get; init; }

    /// <summary>What went wrong last; null when nothing ever did.</summary>
    public string? Trouble { get; init; }
}
