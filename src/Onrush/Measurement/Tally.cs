namespace Onrush.Measurement;

/// <summary>How often something happened, and when first and last. Adding is addition.</summary>
/// <param name="Count">How often.</param>
/// <param name="FirstUnixMs">When first, in milliseconds of Unix time.</param>
/// <param name="LastUnixMs">When last, in milliseconds of Unix time.</param>
internal readonly record struct Tally(long Count, long FirstUnixMs, long LastUnixMs)
{
    /// <summary>One more, at the given time.</summary>
    public Tally Plus(long unixMs) => this + new Tally(1, unixMs, unixMs);

    /// <summary>Both together.</summary>
    public static Tally operator +(Tally a, Tally b) =>
        a.Count == 0 ? b
        : b.Count == 0 ? a
        : new(a.Count + b.Count, Math.Min(a.FirstUnixMs, b.FirstUnixMs), Math.Max(a.LastUnixMs, b.LastUnixMs));
}
