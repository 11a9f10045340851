using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Cli.Terminal.Summaries.K6;

/// <summary>What k6's summary is made of.</summary>
/// <param name="Thresholds">By metric, in the order they are shown.</param>
/// <param name="Sections">The total first, then groups and scenarios.</param>
internal sealed record K6Report(IReadOnlyList<K6Threshold> Thresholds, IReadOnlyList<K6Section> Sections);

/// <summary>A threshold and how it stands.</summary>
/// <param name="Metric">The metric with its tags.</param>
/// <param name="Source">The rule as it was written.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Looks">What it looks at: <c>p(95)</c>.</param>
/// <param name="Value">The value in k6's format; null without data.</param>
internal sealed record K6Threshold(string Metric, string Source, bool Passed, string Looks, string? Value);

/// <summary>A part with a title.</summary>
/// <param name="Title">The title.</param>
/// <param name="Depth">0 for sections, 1 and more for groups in groups.</param>
/// <param name="Seconds">Length of the run.</param>
/// <param name="Checks">The checks of the part.</param>
/// <param name="Blocks">The metrics of the part.</param>
internal sealed record K6Section(string Title, int Depth, double Seconds, IReadOnlyList<K6Check> Checks, IReadOnlyList<K6Block> Blocks);

/// <summary>A check.</summary>
internal sealed record K6Check(string Name, long Passes, long Fails);

/// <summary>Metrics under a heading.</summary>
/// <param name="Heading">CUSTOM, HTTP, EXECUTION or NETWORK.</param>
/// <param name="Metrics">By name, each followed by its parts.</param>
internal sealed record K6Block(string Heading, IReadOnlyList<K6Metric> Metrics);

/// <summary>A line of a metric.</summary>
/// <param name="Name">As it is shown: the name, or two blanks and the tags of a part.</param>
/// <param name="Kind">How the values are put together.</param>
/// <param name="Unit">What they mean.</param>
/// <param name="Values">The values.</param>
internal sealed record K6Metric(string Name, MetricKind Kind, MetricUnit Unit, MetricSink Values);
