using System.Runtime.CompilerServices;
using Onrush.Measurement;

namespace Onrush;

/// <summary>A metric whose values add up, for instance orders placed.</summary>
public sealed class Counter : Metric
{
    /// <summary>Makes a counter; see <see cref="Metric"/> for where.</summary>
    /// <param name="name">Name; see <see cref="Metric.Name"/>.</param>
    /// <param name="unit">What its values mean.</param>
    /// <param name="file">Filled in by the compiler; gives errors their place.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public Counter(string name, MetricUnit unit = MetricUnit.None, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(name, MetricKind.Counter, unit, file, line)
    {
    }

    /// <summary>Adds to the sum. From the code of a user, on whatever thread.</summary>
    /// <param name="value">What is added, in the metric's unit; may be negative.</param>
    /// <param name="tags">Tags besides those of the user.</param>
    /// <exception cref="InvalidOperationException">No user runs this code, or the metric is not a static field of the load test.</exception>
    /// <exception cref="ArgumentException">The value is no number, or a tag cannot be set.</exception>
    public void Add(double value = 1, params ReadOnlySpan<(string Name, string Value)> tags) => Report(value, tags);
}
