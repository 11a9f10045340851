namespace Onrush.Runs.Journal;

/// <summary>A worker came or went, or its share was made smaller.</summary>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Incarnation">Which life of it.</param>
/// <param name="Joined">True when it came or stays, false when it went.</param>
/// <param name="Loops">Engine loops it has; 0 when that is not known.</param>
/// <param name="Machine">Its machine, for people; null when that is not known.</param>
/// <param name="Version">Version of onrush it has; null when that is not known, or goes without saying.</param>
/// <param name="SharePercent">Its share from here on, in percent of an equal one, where it was made smaller because the worker was overloaded; else null.</param>
internal sealed record RosterChange(
    string Worker, int Incarnation, bool Joined, int Loops = 0, string? Machine = null, string? Version = null, int? SharePercent = null);
