using System.Globalization;

namespace Onrush.Outputs.Pipeline;

/// <summary>The account of one output at one instant: produced = delivered + dropped + uncertain + queued. Immutable.</summary>
/// <param name="Output">Type and place of the output.</param>
/// <param name="Records">What its records are called.</param>
internal sealed record OutputLedger(string Output, string Records)
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

    /// <summary>Requests or writes that were made.</summary>
    public long Attempts { get; init; }

    /// <summary>Those that were made because one before failed.</summary>
    public long Retries { get; init; }

    /// <summary>What went wrong last; null when nothing ever did.</summary>
    public string? Trouble { get; init; }

    /// <summary>True when everything is known to have arrived.</summary>
    public bool IsComplete => Produced == Delivered;

    /// <summary>The account in a line.</summary>
    public string Text
    {
        get
        {
            var text = $"{Output}: {Number(Produced)} {Records} produced, {Number(Delivered)} delivered";
            if (Dropped > 0)
                text += $", {Number(Dropped)} dropped";
            if (Uncertain > 0)
                text += $", {Number(Uncertain)} uncertain";
            if (Queued > 0)
                text += $", {Number(Queued)} queued";
            if (Retries > 0)
                text += $" ({Number(Retries)} {(Retries == 1 ? "retry" : "retries")})";
            return IsComplete || Trouble is null ? text + "." : $"{text}. {Trouble.TrimEnd('.')}.";
        }
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
