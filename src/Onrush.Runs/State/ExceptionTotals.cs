using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Unhandled exceptions of user code since the start of the run. Past the limit they are counted together.</summary>
internal sealed class ExceptionTotals(int maxExceptions)
{
    private const int MaxWorkers = 100;

    private readonly Dictionary<ExceptionKey, (Tally Tally, SortedSet<string> Workers)> _exceptions = [];

    /// <summary>Counts exceptions that happened on a worker.</summary>
    public void Add(ExceptionKey key, Tally tally, string worker)
    {
        if (!_exceptions.ContainsKey(key) && _exceptions.Count >= maxExceptions)
            key = ExceptionKey.Other;
        var (sum, workers) = _exceptions.TryGetValue(key, out var present) ? present : (default, new(StringComparer.Ordinal));
        if (workers.Count < MaxWorkers)
            workers.Add(worker);
        _exceptions[key] = (sum + tally, workers);
    }

    /// <summary>The rows as they are shown, the most frequent first.</summary>
    public IReadOnlyList<ExceptionRow> ToRows() =>
        [.. _exceptions
            .OrderByDescending(e => e.Value.Tally.Count)
            .ThenBy(e => e.Key.Type, StringComparer.Ordinal)
            .ThenBy(e => e.Key.StackTrace, StringComparer.Ordinal)
            .ThenBy(e => e.Key.UserClass, StringComparer.Ordinal)
            .ThenBy(e => e.Key.Task, StringComparer.Ordinal)
            .ThenBy(e => e.Key.Message, StringComparer.Ordinal)
            .Select(e => new ExceptionRow(
                e.Key.UserClass,
                e.Key.Task,
                e.Key.Type,
                e.Key.Message,
                e.Key.StackTrace,
                e.Value.Tally.Count,
                DateTimeOffset.FromUnixTimeMilliseconds(e.Value.Tally.FirstUnixMs),
                DateTimeOffset.FromUnixTimeMilliseconds(e.Value.Tally.LastUnixMs),
                [.. e.Value.Workers]))];
}
