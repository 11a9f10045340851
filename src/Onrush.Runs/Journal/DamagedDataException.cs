namespace Onrush.Runs.Journal;

/// <summary>The contents of one frame make no sense. Costs that frame and no other.</summary>
internal sealed class DamagedDataException(string message) : Exception(message);
