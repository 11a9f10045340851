using System.Runtime.CompilerServices;
using Onrush.Measurement;

namespace Onrush;

/// <summary>
/// A metric that is a distribution with average and percentiles, for instance a time that the target reports. Number, sum, average, smallest and largest
/// value are exact; percentiles are within 0.4 % for values from 0 to 4.4 million units (for bytes to 4.4 million million). Values outside of that are
/// counted as its ends in percentiles, and the run warns of them.
/// </summary>
public sealed class Trend : Metric
{
    /// <summary>Makes a trend; see <see cref="Metric"/> for where.</summary>
    /// <param name="name">Name; see <see cref="Metric.Name"/>.</param>
    /// <param name="unit">What its values mean.</param>
    /// <param name="file">Filled in by the compiler; gives errors their place.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public Trend(string name, MetricUnit unit = MetricUnit.None, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(name, MetricKind.Trend, unit, file, line)
    {
    }

    /// <summary>Adds a value. From the code of a user, on whatever thread.</summary>
    /// <param name="value">The value in the metric's unit.</param>
    /// <param name="tags">Tags besides those of the user.</param>
    /// <exception cref="InvalidOperationException">No user runs this code, or the metric is not a static field of the load test.</exception>
    /// <exception cref="ArgumentException">The value is no number, or a tag cannot be set.</exception>
    public void Add(double value, params ReadOnlySpan<(string Name, string Value)> tags) => Report(value, tags);
}
