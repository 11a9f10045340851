namespace Onrush.Cluster;

/// <summary>A record with its place in the log.</summary>
/// <param name="Offset">Its place, from 0; higher for what comes later, not always by one.</param>
/// <param name="Record">The record.</param>
internal sealed record LogRecord(long Offset, ClusterRecord Record);
