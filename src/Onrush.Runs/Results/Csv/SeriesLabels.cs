namespace Onrush.Runs.Results.Csv;

/// <summary>
/// Names for files that know a series by method and name alone. Where two scenarios use the same ones, the scenario is added, so that
/// no two rows look the same.
/// </summary>
internal sealed class SeriesLabels
{
    private readonly HashSet<(string Method, string Name)> _shared;

    public SeriesLabels(RunSnapshot run)
    {
        _shared = [.. run.Series.GroupBy(s => (s.Method, s.Name)).Where(g => g.Select(s => s.Scenario).Distinct().Skip(1).Any()).Select(g => g.Key)];
    }

    /// <summary>The name of a row.</summary>
    public string Of(SeriesRow row) => Of(row.Scenario, row.Method, row.Name);

    /// <summary>The name of a failure's series.</summary>
    public string Of(FailureRow row) => Of(row.Scenario, row.Method, row.Name);

    private string Of(string scenario, string method, string name) => _shared.Contains((method, name)) ? $"{name} [{scenario}]" : name;
}
