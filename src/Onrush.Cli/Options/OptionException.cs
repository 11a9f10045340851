namespace Onrush.Cli.Options;

/// <summary>A bad option, key or value: one line that says what, where it stands and what to do.</summary>
internal sealed class OptionException(string message) : Exception(message);
