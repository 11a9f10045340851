namespace Studies.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);
