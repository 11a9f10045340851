namespace Onrush.Runs.Journal;

/// <summary>A line of the log.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Level">How much it matters: debug, info, warning or error.</param>
/// <param name="Text">What it says.</param>
internal sealed record LogLine(long UnixMs, string Level, string Text);
