using Onrush.Measurement;

namespace Onrush.Outputs.Prometheus;

/// <summary>A metric with all its series at one instant.</summary>
/// <param name="Name">Its name, without <c>_total</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">What it is, in a sentence.</param>
/// <param name="Samples">Its series.</param>
internal sealed record PromFamily(string Name, PromType Type, string Help, IReadOnlyList<PromSample> Samples)
{
    /// <summary>The name of its samples.</summary>
    public string SampleName => Type == PromType.Counter ? Name + "_total" : Name;

    /// <summary>A family of plain numbers.</summary>
    public static PromFamily Of(string name, PromType type, string help, params IEnumerable<(PromLabels Labels, double Value)> samples) =>
        new(name, type, help, [.. samples.Select(sample => new PromSample(sample.Labels, sample.Value))]);
}

/// <summary>One series of a family.</summary>
/// <param name="Labels">What tells it from the others.</param>
/// <param name="Value">Its value; of a histogram nothing.</param>
/// <param name="Distribution">The distribution of a histogram; null for other types.</param>
/// <param name="PerUnit">What the distribution counts in one unit of the metric: a second is 1e9.</param>
internal sealed record PromSample(PromLabels Labels, double Value, HistogramData? Distribution = null, double PerUnit = 1e9);
