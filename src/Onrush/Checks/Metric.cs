using System.Diagnostics.CodeAnalysis;
using Onrush.Checks;
using Onrush.Measurement;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// Something that a load test measures itself: a <see cref="Counter"/>, <see cref="Gauge"/>, <see cref="Rate"/> or <see cref="Trend"/>. Made once, as a
/// static readonly field of a class of the load test, so that it is known before the run and thresholds can name it; values are added by the code of
/// users while they run. Values carry the scenario, the group and the tags of their user, and whatever tags are given with them.
/// </summary>
public abstract class Metric
{
    private protected Metric(string name, MetricKind kind, MetricUnit unit, string file, int line)
    {
        Info = new MetricInfo(name, kind, unit);
        Place = new SourcePlace(file, line);
    }

    /// <summary>Name, as in thresholds and summaries: a letter or _, then letters, digits and _, at most 128.</summary>
    public string Name => Info.Name;

    /// <summary>How its values are put together.</summary>
    public MetricKind Kind => Info.Kind;

    /// <summary>What its values mean.</summary>
    public MetricUnit Unit => Info.Unit;

    /// <summary>What the recorders count it under. The same for all metrics of one name in a load test.</summary>
    internal MetricInfo Info { get; set; }

    /// <summary>Where it was made.</summary>
    internal SourcePlace Place { get; }

    /// <summary>Whether it was found before the run.</summary>
    internal bool IsDeclared { get; set; }

    private protected void Report(double value, ReadOnlySpan<(string Name, string Value)> tags)
    {
        var user = IsDeclared ? RunningUser.Current : null;
        if (user is null)
            ThrowNoUser();
        if (!(Math.Abs(value) <= MetricInfo.Largest))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"A value of the metric {Name} is a number between -1e18 and 1e18.");
        foreach (var (name, text) in tags)
            TagRules.Check(name, text);
        user.Report(Info, value, tags);
    }

    [DoesNotReturn]
    private void ThrowNoUser() => throw new InvalidOperationException(
        IsDeclared
            ? $"The {Kind} {Name} takes values from the code of users while they run, not from here: there is no user whose scenario and tags they would have."
            : $"The {Kind} {Name} is not known to the run: make it a static readonly field of a class of the load test.");
}
