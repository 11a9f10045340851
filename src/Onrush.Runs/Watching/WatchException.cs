namespace Onrush.Runs.Watching;

/// <summary>What is to be watched cannot be, as it was written: one line that says why.</summary>
internal sealed class WatchException(string message) : Exception(message);
