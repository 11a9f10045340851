namespace Onrush.Cli.Terminal;

/// <summary>What a run is, for the heading.</summary>
/// <param name="LoadTest">Name of the file.</param>
/// <param name="Host">The target, if one is named.</param>
/// <param name="RunTime">How long it is to take; null when nobody said.</param>
internal sealed record RunTitle(string LoadTest, string? Host, TimeSpan? RunTime);
