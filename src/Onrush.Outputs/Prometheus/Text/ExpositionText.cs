using System.Globalization;
using System.Text;
using Onrush.Measurement;

namespace Onrush.Outputs.Prometheus.Text;

/// <summary>Writes families as Prometheus reads them at an endpoint: text format 0.0.4, or OpenMetrics 1.0.</summary>
internal static class ExpositionText
{
    /// <summary>The text.</summary>
    /// <param name="families">The families; those without a series are left out.</param>
    /// <param name="openMetrics">Which of the two formats.</param>
    public static string Of(IEnumerable<PromFamily> families, bool openMetrics)
    {
        var text = new StringBuilder();
        foreach (var family in families.Where(family => family.Samples.Count > 0))
        {
            // In OpenMetrics a counter's family has no _total, in the older format it has.
            var name = openMetrics ? family.Name : family.SampleName;
            text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(family.Help, quotes: openMetrics)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(family.Type.ToString().ToLowerInvariant()).Append('\n');
            foreach (var sample in family.Samples)
            {
                if (sample.Distribution is { } distribution)
                    Histogram(text, family.Name, sample, distribution);
                else
                    Line(text, family.SampleName, sample.Labels, null, sample.Value);
            }
        }

        return openMetrics ? text.Append("# EOF\n").ToString() : text.ToString();
    }

    /// <summary>The number as both formats have it.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ when double.IsNaN(value) => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Histogram(StringBuilder text, string name, PromSample sample, HistogramData distribution)
    {
        foreach (var (bound, count) in ClassicBuckets.Of(distribution, sample.PerUnit))
            Line(text, name + "_bucket", sample.Labels, Bound(bound), count);
        Line(text, name + "_sum", sample.Labels, null, (double)distribution.Sum / sample.PerUnit);
        Line(text, name + "_count", sample.Labels, null, distribution.Count);
    }

    // OpenMetrics wants a bound to look like a float.
    private static string Bound(double bound) => Number(bound) is var text && text.All(char.IsAsciiDigit) ? text + ".0" : Number(bound);

    private static void Line(StringBuilder text, string name, PromLabels labels, string? bound, double value)
    {
        text.Append(name);
        var open = '{';
        foreach (var (label, content) in labels.All)
        {
            text.Append(open).Append(label).Append("=\"").Append(Escaped(content, quotes: true)).Append('"');
            open = ',';
        }

        if (bound is not null)
        {
            text.Append(open).Append("le=\"").Append(bound).Append('"');
            open = ',';
        }

        if (open == ',')
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Escaped(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n");
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
