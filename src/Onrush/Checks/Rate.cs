using System.Runtime.CompilerServices;
using Onrush.Measurement;

namespace Onrush;

/// <summary>A metric that is the share of yes among yes and no, for instance cache hits. For judging responses there is <see cref="TaskOwner.Check(string, bool)"/>.</summary>
public sealed class Rate : Metric
{
    /// <summary>Makes a rate; see <see cref="Metric"/> for where.</summary>
    /// <param name="name">Name; see <see cref="Metric.Name"/>.</param>
    /// <param name="file">Filled in by the compiler; gives errors their place.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public Rate(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(name, MetricKind.Rate, MetricUnit.None, file, line)
    {
    }

    /// <summary>Adds a yes or a no. From the code of a user, on whatever thread.</summary>
    /// <param name="value">Yes or no.</param>
    /// <param name="tags">Tags besides those of the user.</param>
    /// <exception cref="InvalidOperationException">No user runs this code, or the metric is not a static field of the load test.</exception>
    /// <exception cref="ArgumentException">A tag cannot be set.</exception>
    public void Add(bool value, params ReadOnlySpan<(string Name, string Value)> tags) => Report(value ? 1 : 0, tags);
}
