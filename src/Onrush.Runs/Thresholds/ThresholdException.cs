namespace Onrush.Runs;

/// <summary>A threshold that cannot be. The message says what is wrong with which part, without naming the threshold.</summary>
internal sealed class ThresholdException(string message) : Exception(message);
