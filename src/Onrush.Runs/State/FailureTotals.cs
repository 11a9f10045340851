using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Failures since the start of the run by text. Past the limit they are counted under one text per series and outcome.</summary>
internal sealed class FailureTotals(int maxMessages)
{
    private readonly Dictionary<ErrorKey, Tally> _failures = [];
    private int _messages;

    /// <summary>Counts failures.</summary>
    public void Add(ErrorKey key, Tally tally)
    {
        if (!_failures.ContainsKey(key) && key.Message != ErrorTable.OtherMessage)
        {
            if (_messages >= maxMessages)
                key = key with { Message = ErrorTable.OtherMessage };
            else
                _messages++;
        }
        _failures[key] = _failures.GetValueOrDefault(key) + tally;
    }

    /// <summary>The rows as they are shown, the most frequent first.</summary>
    public IReadOnlyList<FailureRow> ToRows() =>
        [.. _failures
            .OrderByDescending(f => f.Value.Count)
            .ThenBy(f => f.Key.Series)
            .ThenBy(f => f.Key.Outcome)
            .ThenBy(f => f.Key.Message, StringComparer.Ordinal)
            .Select(f => new FailureRow(
                f.Key.Series.Scenario,
                f.Key.Series.Method,
                f.Key.Series.Name,
                f.Key.Outcome,
                f.Key.Message,
                f.Value.Count,
                DateTimeOffset.FromUnixTimeMilliseconds(f.Value.FirstUnixMs),
                DateTimeOffset.FromUnixTimeMilliseconds(f.Value.LastUnixMs)))];
}
