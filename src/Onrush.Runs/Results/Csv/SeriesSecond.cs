using Onrush.Measurement;

namespace Onrush.Runs.Results.Csv;

/// <summary>Response times of each series between two rows of the history.</summary>
internal sealed class SeriesSecond
{
    private readonly Dictionary<(string Scenario, string Method, string Name), HistogramData> _times = [];

    /// <summary>All series together.</summary>
    public ResponseTimes Aggregated => TimesOf.Data(_times.Values.Aggregate(HistogramData.Empty, HistogramData.Merge));

    /// <summary>Counts what a report says.</summary>
    public void Add(IntervalReport report)
    {
        foreach (var series in report.Totals.Series.Values)
        {
            Add(
                (series.Key.Scenario, series.Key.Method, series.Key.Name),
                HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure)));
        }
    }

    /// <summary>Counts what another one counted.</summary>
    public void Add(SeriesSecond other)
    {
        foreach (var (key, times) in other._times)
            Add(key, times);
    }

    /// <summary>The times of a row.</summary>
    public ResponseTimes Of(SeriesRow row) =>
        _times.TryGetValue((row.Scenario, row.Method, row.Name), out var times) ? TimesOf.Data(times) : ResponseTimes.None;

    private void Add((string Scenario, string Method, string Name) key, HistogramData times) =>
        _times[key] = HistogramData.Merge(_times.GetValueOrDefault(key, HistogramData.Empty), times);
}
