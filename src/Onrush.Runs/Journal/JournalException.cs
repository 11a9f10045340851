namespace Onrush.Runs.Journal;

/// <summary>A journal cannot be used at all. The message is for the person at the command: one line, what and what to do.</summary>
internal sealed class JournalException(string message) : Exception(message);
