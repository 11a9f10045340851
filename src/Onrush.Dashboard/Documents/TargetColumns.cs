using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>A measurement of the target and its course as columns of equal length, oldest first; a value is null where it could not be read.</summary>
internal sealed record TargetColumns(string Source, string Name, string Unit, int[] StartSecond, int[] LengthSeconds, double?[] Values)
{
    /// <summary>The measurements of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="foldedAfter">Only points in which something came after this second of the run, which may be older points.</param>
    public static IReadOnlyList<TargetColumns> Of(RunSnapshot run, int foldedAfter = int.MinValue) => [.. run.Targets.Select(row => Of(row, foldedAfter))];

    private static TargetColumns Of(TargetRow row, int foldedAfter)
    {
        IReadOnlyList<TargetPoint> points = foldedAfter == int.MinValue ? row.Points : [.. row.Points.Where(point => point.FoldedAt > foldedAfter)];
        return new TargetColumns(
            row.Source, row.Name, row.Unit,
            [.. points.Select(point => point.StartSecond)],
            [.. points.Select(point => point.LengthSeconds)],
            [.. points.Select(point => point.Average is { } value ? Numbers.Short(value) : (double?)null)]);
    }
}
