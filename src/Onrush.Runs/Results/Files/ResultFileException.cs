namespace Onrush.Runs.Results;

/// <summary>A result file cannot be written.</summary>
/// <param name="option">Option that asked for it, with its dashes.</param>
/// <param name="path">The file.</param>
/// <param name="reason">Why not.</param>
internal sealed class ResultFileException(string option, string path, string reason)
    : Exception($"{option}: {path} cannot be written: {reason.TrimEnd('.')}; choose another path or make room for this one.");
