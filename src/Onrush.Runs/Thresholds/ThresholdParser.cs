using System.Globalization;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// Reads thresholds, in k6's grammar; blanks may stand between any two parts.
/// <code>
/// selector    = metric [ "{" tag { "," tag } "}" ]           http_req_duration{name:call coupon,scenario:peak}
/// metric      = ( letter | "_" ) { letter | digit | "_" }    ASCII
/// tag         = name ":" ( text | '"' text '"' )             the name ends at the first colon; quotes are for values with commas
/// rule        = aggregation operator number                  p(99.9)&lt;=1.5e3
/// aggregation = "count" | "rate" | "value" | "avg" | "min" | "med" | "max" | "p" "(" number ")"
/// operator    = "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "===" | "!="
/// </code>
/// </summary>
internal static class ThresholdParser
{
    private const string Operators = "<>=!";

    private static readonly (string Text, MetricAggregation Aggregation)[] Aggregations =
        [.. Enum.GetValues<MetricAggregation>().Where(a => a != MetricAggregation.Percentile).Select(a => (ThresholdRule.TextOf(a, null), a))];

    private static readonly (string Text, ThresholdComparison Comparison)[] Comparisons =
    [
        ("<", ThresholdComparison.Less), ("<=", ThresholdComparison.LessOrEqual), (">", ThresholdComparison.Greater), (">=", ThresholdComparison.GreaterOrEqual),
        ("==", ThresholdComparison.Equal), ("===", ThresholdComparison.Equal), ("!=", ThresholdComparison.NotEqual),
    ];

    /// <summary>Reads what a threshold is about.</summary>
    /// <exception cref="ThresholdException">It is none; the message names the part.</exception>
    public static MetricSelector Selector(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var metric = (open < 0 ? text : text[..open]).Trim();
        if (metric.Length == 0)
            throw new ThresholdException("there is no metric; begin with its name, such as http_req_duration");
        if (metric.FirstOrDefault(c => !(char.IsAsciiLetterOrDigit(c) || c == '_')) is var wrong and not '\0')
            throw new ThresholdException($"'{metric}' is no name of a metric because of '{wrong}'; one has letters, digits and _ only");
        if (char.IsAsciiDigit(metric[0]))
            throw new ThresholdException($"'{metric}' is no name of a metric: one does not begin with a digit");
        return new MetricSelector(metric, open < 0 ? [] : Tags(text[open..].TrimEnd()));
    }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="ThresholdException">It is none; the message names the part.</exception>
    public static ThresholdRule Rule(string text)
    {
        var at = text.IndexOfAny([.. Operators]);
        var (aggregation, fraction) = Look((at < 0 ? text : text[..at]).Trim());
        if (at < 0)
            throw new ThresholdException($"'{text}' compares with nothing; write for instance {text.Trim()}<500");
        var end = at;
        while (end < text.Length && Operators.Contains(text[end], StringComparison.Ordinal))
            end++;
        var comparison = Compare(text[at..end]);
        return new ThresholdRule(aggregation, fraction, comparison, Limit(text[end..].Trim(), text[at..end]), text.Trim());
    }

    private static List<KeyValuePair<string, string>> Tags(string text)
    {
        if (!text.EndsWith('}'))
        {
            throw new ThresholdException(text.Contains('}', StringComparison.Ordinal)
                ? $"'{text[(text.LastIndexOf('}') + 1)..].Trim()}' stands behind the tag filter; the filter ends the name"
                : $"the tag filter '{text}' is not closed; end it with }}");
        }

        var tags = new List<KeyValuePair<string, string>>();
        foreach (var part in Parts(text[1..^1]))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var name = (colon < 0 ? part : part[..colon]).Trim();
            var value = colon < 0 ? "" : Unquoted(part[(colon + 1)..].Trim());
            if (name.Length == 0)
                throw new ThresholdException(part.Trim().Length == 0 ? "a tag is missing in the filter; write name:value" : $"the tag '{part.Trim()}' has no name; write name:value");
            if (value.Length == 0)
                throw new ThresholdException($"the tag '{name}' has no value; write {name}:value");
            if (tags.Exists(tag => tag.Key == name))
                throw new ThresholdException($"the tag '{name}' is there twice; a value has it once");
            tags.Add(new(name, value));
        }

        return tags;
    }

    // The parts between commas that are not in quotes. A quote inside a value is a quote.
    private static IEnumerable<string> Parts(string text)
    {
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && (quoted ? Ends(text, i + 1) : text[start..i].TrimEnd().EndsWith(':')))
                quoted = !quoted;
            if (text[i] != ',' || quoted)
                continue;
            yield return text[start..i];
            start = i + 1;
        }

        if (quoted)
            throw new ThresholdException($"the quote in '{text[start..].Trim()}' is not closed; end it with \"");
        yield return text[start..];
    }

    private static bool Ends(string text, int from) => text[from..].TrimStart() is "" or [',', ..];

    private static string Unquoted(string value) => value is ['"', .. var inner, '"'] ? inner : value;

    private static (MetricAggregation Aggregation, double Fraction) Look(string text)
    {
        if (text.Length == 0)
            throw new ThresholdException("the rule does not begin with what it looks at; write count, rate, value, avg, min, med, max or p(N)");
        foreach (var (known, aggregation) in Aggregations)
        {
            if (known == text)
                return (aggregation, 0);
        }

        if (text is ['p', .. var rest] && rest.TrimStart() is ['(', .. var inner])
        {
            if (inner is not [.., ')'])
                throw new ThresholdException($"'{text}' is not closed; end it with )");
            if (!Number(inner[..^1].Trim(), out var percent) || percent is not (>= 0 and <= 100))
                throw new ThresholdException($"'{inner[..^1].Trim()}' in '{text}' is not a percentage from 0 to 100");
            return (MetricAggregation.Percentile, percent / 100);
        }

        var meant = text.Length > 1 && text[0] is 'p' or 'P' && Number(text[1..], out _) ? $"; did you mean p({text[1..]})?" : Suggestion.For(text, Aggregations.Select(a => a.Text));
        throw new ThresholdException($"'{text}' is nothing that a rule can look at: that is count, rate, value, avg, min, med, max or p(N){meant}");
    }

    private static ThresholdComparison Compare(string text)
    {
        foreach (var (known, comparison) in Comparisons)
        {
            if (known == text)
                return comparison;
        }

        var meant = text switch { "=" => "==", "=<" => "<=", "=>" => ">=", "<>" or "!==" => "!=", _ => null };
        throw new ThresholdException($"'{text}' compares nothing: that is < <= > >= == or !={(meant is null ? "" : $"; did you mean {meant}?")}");
    }

    private static double Limit(string text, string comparison)
    {
        if (text.Length == 0)
            throw new ThresholdException($"there is no number behind '{comparison}'");
        if (Number(text, out var limit))
            return limit;
        var digits = text.TrimEnd([.. "%abcdefghijklmnopqrstuvwxyzµ "]);
        throw new ThresholdException(digits != text && Number(digits, out _)
            ? $"'{text}' has a unit, which a limit has not: times are milliseconds, data bytes, shares from 0 to 1"
            : $"'{text}' is not a number");
    }

    private static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowTrailingWhite & ~NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
