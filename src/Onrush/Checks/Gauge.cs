using System.Runtime.CompilerServices;
using Onrush.Measurement;

namespace Onrush;

/// <summary>A metric whose newest value counts, for instance the length of a queue; the smallest and the largest are kept.</summary>
public sealed class Gauge : Metric
{
    /// <summary>Makes a gauge; see <see cref="Metric"/> for where.</summary>
    /// <param name="name">Name; see <see cref="Metric.Name"/>.</param>
    /// <param name="unit">What its values mean.</param>
    /// <param name="file">Filled in by the compiler; gives errors their place.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public Gauge(string name, MetricUnit unit = MetricUnit.None, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(name, MetricKind.Gauge, unit, file, line)
    {
    }

    /// <summary>Sets the value; of two set in the same millisecond on different threads the larger one holds. From the code of a user, on whatever thread.</summary>
    /// <param name="value">The value in the metric's unit.</param>
    /// <param name="tags">Tags besides those of the user.</param>
    /// <exception cref="InvalidOperationException">No user runs this code, or the metric is not a static field of the load test.</exception>
    /// <exception cref="ArgumentException">The value is no number, or a tag cannot be set.</exception>
    public void Set(double value, params ReadOnlySpan<(string Name, string Value)> tags) => Report(value, tags);
}
