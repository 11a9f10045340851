namespace Onrush.Runs;

/// <summary>A measurement of the target itself, such as its CPU, and its course. Immutable.</summary>
/// <param name="Source">What it was read from.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit as people write it (%, bytes, bytes/s, ms); empty when nobody said.</param>
/// <param name="Points">Its course, oldest first: of as many seconds as the points of the run.</param>
internal sealed record TargetRow(string Source, string Name, string Unit, IReadOnlyList<TargetPoint> Points)
{
    /// <summary>Readings.</summary>
    public long Count => Points.Sum(point => (long)point.Count);

    /// <summary>The newest reading, or the mean of the newest point; null when there is none.</summary>
    public double? Last => Read.Select(point => point.Average).LastOrDefault();

    /// <summary>The mean of all readings; null when there is none.</summary>
    public double? Average => Count is > 0 and var count ? Read.Sum(point => point.Sum) / count : null;

    /// <summary>The smallest reading; null when there is none.</summary>
    public double? Min => Read.Select(point => (double?)point.Min).Min();

    /// <summary>The largest reading; null when there is none.</summary>
    public double? Max => Read.Select(point => (double?)point.Max).Max();

    private IEnumerable<TargetPoint> Read => Points.Where(point => point.Count > 0);
}
