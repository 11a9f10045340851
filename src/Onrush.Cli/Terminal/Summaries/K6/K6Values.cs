using Onrush.Measurement;

namespace Onrush.Cli.Terminal.Summaries.K6;

/// <summary>The values of a metric that is no trend: one, and what stands behind it.</summary>
/// <param name="Main">The value.</param>
/// <param name="Extras">One more for counters and rates, two for gauges.</param>
internal sealed record K6Values(string Main, IReadOnlyList<string> Extras)
{
    /// <summary>The values of a metric.</summary>
    public static K6Values Of(K6Metric metric, TimeUnit unit)
    {
        return metric.Kind switch
        {
            MetricKind.Counter => new(Text(metric.Values.Sum), [Text(metric.Values.Rate) + "/s"]),
            MetricKind.Rate => Share(metric.Values.Passes, metric.Values.Count),
            _ => new(Text(metric.Values.Last), ["min=" + Text(metric.Values.Min), "max=" + Text(metric.Values.Max)]),
        };

        string Text(double value) => K6Numbers.Value(value, metric.Unit, unit);
    }

    /// <summary>A count and how many it was per second.</summary>
    public static K6Values Counter(long count, double seconds) => new(K6Numbers.Plain(count), [K6Numbers.Plain(seconds > 0 ? count / seconds : 0) + "/s"]);

    /// <summary>A share and what it is of.</summary>
    public static K6Values Share(long part, long all) => new(K6Numbers.Percent(all == 0 ? 0 : (double)part / all), [$"{part} out of {all}"]);

    /// <summary>The line, in columns with the others of the section.</summary>
    public string Aligned(IReadOnlyList<K6Values> all, Marks marks)
    {
        string main = Padded(Main, all.Max(values => values.Main.Length), marks.Value(Main));
        // k6 pads what stands behind only where there is more than one of it.
        return Extras.Count == 1
            ? $"{main} {marks.Value(Extras[0])}"
            : $"{main} {string.Join(' ', Extras.Select((extra, i) => Padded(extra, all.Max(values => values.Extras.ElementAtOrDefault(i)?.Length ?? 0), marks.Value(extra))))}";
    }

    private static string Padded(string text, int width, string shown) => shown + new string(' ', width - text.Length);
}
