using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>A metric that the load test itself reports, over all scenarios and tags; or the duration of one of its groups.</summary>
public sealed record MetricRow
{
    /// <summary>Name of the metric; of a group its path, for instance <c>::login::form</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How its values are put together.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>What its values mean.</summary>
    public required MetricUnit Unit { get; init; }

    /// <summary>Number of values.</summary>
    public long Count { get; init; }

    /// <summary>Sum of the values in the metric's unit; of a rate the number of those that are yes.</summary>
    public double Sum { get; init; }

    /// <summary>Of a counter its sum per second of the run, of a rate the share of yes, 0 to 1.</summary>
    public double Rate { get; init; }

    /// <summary>The newest value.</summary>
    public double Last { get; init; }

    /// <summary>Smallest value.</summary>
    public double Min { get; init; }

    /// <summary>Largest value.</summary>
    public double Max { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public double Average { get; init; }

    /// <summary>Of a trend one value per entry of <see cref="ResponseTimes.Ranks"/>, in the metric's unit; empty for other kinds.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [];

    internal static MetricRow Of(string name, MetricUnit unit, MetricSink sink) => new()
    {
        Name = name,
        Kind = sink.Kind,
        Unit = unit,
        Count = sink.Count,
        Sum = sink.Sum,
        Rate = sink.Rate,
        Last = sink.Last,
        Min = sink.Min,
        Max = sink.Max,
        Average = sink.Average,
        Percentiles = sink.Kind == MetricKind.Trend ? [.. ResponseTimes.Ranks.Select(sink.Percentile)] : [],
    };
}
