namespace Studies.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">From left to right.</param>
/// <param name="IsBound">Whether it is what cannot or must not be passed, not something that was measured.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points, bool IsBound = false);
