namespace Onrush.Bench.Report;

/// <summary>A figure that is promised.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Demand">What it has to be.</param>
/// <param name="Seen">What it is.</param>
/// <param name="Passed">Whether that will do.</param>
internal sealed record Gate(string What, string Demand, string Seen, bool Passed);
