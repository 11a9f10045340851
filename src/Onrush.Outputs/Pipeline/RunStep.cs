using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Pipeline;

/// <summary>What was folded since the picture before, and the picture after it.</summary>
/// <param name="Reports">The reports, without what belongs to warm-ups.</param>
/// <param name="Picture">The run after them.</param>
internal sealed record RunStep(IReadOnlyList<IntervalReport> Reports, RunSnapshot Picture);
