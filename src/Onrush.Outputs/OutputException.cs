namespace Onrush.Outputs;

/// <summary>An output that cannot be had as it was asked for. The message says to what and what to do, without naming --out.</summary>
internal sealed class OutputException(string message) : Exception(message);
