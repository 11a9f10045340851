namespace Onrush.Outputs.Pipeline;

/// <summary>What became of an attempt to send a batch.</summary>
internal enum DeliveryKind
{
    /// <summary>All of it is stored.</summary>
    Stored,

    /// <summary>It was taken, but for some records that will never be.</summary>
    PartlyStored,

    /// <summary>It will never be taken.</summary>
    Refused,

    /// <summary>It is too large: smaller parts of it may be taken.</summary>
    TooLarge,

    /// <summary>Nothing was stored; it may be tried again.</summary>
    Failed,

    /// <summary>Whether it was stored nobody knows: the answer was lost. It may be tried again.</summary>
    Unanswered,
}

/// <summary>What became of an attempt to send a batch.</summary>
/// <param name="Kind">Which of the ways.</param>
/// <param name="Why">The reason in a few words; empty where it was stored.</param>
internal readonly record struct Delivery(DeliveryKind Kind, string Why = "")
{
    /// <summary>All of it is stored.</summary>
    public static readonly Delivery Stored = new(DeliveryKind.Stored);

    /// <summary>Records that were not taken, of a batch that was partly stored.</summary>
    public long Lost { get; init; }

    /// <summary>How long the other side asked to be left alone; null when it did not say.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>True for a cause that is out of the way already: the next attempt follows at once.</summary>
    public bool AtOnce { get; init; }
}
