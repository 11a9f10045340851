using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Users that ended themselves for a reason since the start of the run. Past the limit they are counted together.</summary>
internal sealed class StopTotals(int maxReasons)
{
    private readonly Dictionary<(string UserClass, string Reason), long> _stops = [];

    /// <summary>Counts what an interval has of them; other metrics are passed over.</summary>
    public void Add(IReadOnlyDictionary<MetricKey, MetricInterval> metrics)
    {
        foreach (var (metric, values) in metrics)
        {
            if (metric.Name != StopTable.Metric)
                continue;
            var key = (metric.Tags[StopTable.UserClassTag] ?? "", metric.Tags[StopTable.ReasonTag] ?? "");
            if (_stops.Count >= maxReasons && !_stops.ContainsKey(key))
                key = ("", StopTable.OtherReason);
            _stops[key] = _stops.GetValueOrDefault(key) + (long)values.Sum;
        }
    }

    /// <summary>The rows as they are shown, the most frequent first.</summary>
    public IReadOnlyList<UserStopRow> ToRows() =>
        [.. _stops.Select(stop => new UserStopRow(stop.Key.UserClass, stop.Key.Reason, stop.Value))
            .OrderByDescending(row => row.Count).ThenBy(row => row.UserClass, StringComparer.Ordinal).ThenBy(row => row.Reason, StringComparer.Ordinal)];
}
