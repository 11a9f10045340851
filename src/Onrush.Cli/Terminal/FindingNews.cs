using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>
/// Tells each finding once, in a line, as soon as it has stood for a few seconds: while a run grows, something may look like a limit for a moment. Notes
/// wait for the list at the end. Used by one thread.
/// </summary>
internal sealed class FindingNews
{
    private const int Seconds = 3;

    private readonly Dictionary<string, int> _seen = [];

    /// <summary>What is new in this picture.</summary>
    public IReadOnlyList<string> Of(RunSnapshot run)
    {
        if (run.Phase is not (RunPhase.Spawning or RunPhase.Running))
            return [];
        IReadOnlyList<Finding> now = [.. FindingLines.Shown(run).Where(f => f.Severity > FindingSeverity.Info)];
        foreach (string gone in _seen.Keys.Where(id => _seen[id] < Seconds && now.All(f => f.Id != id)).ToList())
            _seen.Remove(gone);
        return [.. now.Where(f => (_seen[f.Id] = _seen.GetValueOrDefault(f.Id) + 1) == Seconds).Select(f => FindingLines.Line(f, run))];
    }
}
