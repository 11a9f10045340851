using System.Globalization;
using Onrush.Runs;

namespace Onrush.Outputs.Pipeline;

/// <summary>The account of one output at one instant, with what only its own pipeline needs. Immutable.</summary>
/// <param name="Output">Type and place of the output.</param>
/// <param name="Records">What its records are called.</param>
internal sealed record OutputLedger(string Output, string Records) : OutputRow(Output, Records)
{
    /// <summary>Requests or writes that were made.</summary>
    public long Attempts { get; init; }

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
