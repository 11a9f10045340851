namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>The database does not take what follows of a run, and never will.</summary>
internal sealed class RefusedException(string message) : Exception(message);
