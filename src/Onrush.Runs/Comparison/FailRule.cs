using System.Globalization;
using System.Text.RegularExpressions;

namespace Onrush.Runs.Comparison;

/// <summary>
/// When a comparison fails the command. As text:
/// <code>
/// rule   = metric [ "{" tag ":" value { "," tag ":" value } "}" ] ( ">" | "&lt;" ) [ "+" | "-" ] number "%"
/// metric = "median" | "p(50)" | "p(95)" | "p(99)" | "mean" | "avg" | "rps" | "failed"
/// tag    = "name" | "method" | "scenario"
/// </code>
/// Without tags it is about every endpoint and about all requests together. It holds where a change is significant and beyond the number,
/// which is percent of the base, for <c>failed</c> percentage points.
/// </summary>
internal sealed partial record FailRule(string Text, ComparedMetric Metric, IReadOnlyDictionary<string, string> Tags, bool Above, double Limit)
{
    private static readonly (string Name, ComparedMetric Metric)[] Names =
    [
        ("median", ComparedMetric.Median), ("med", ComparedMetric.Median), ("p(50)", ComparedMetric.Median), ("p(95)", ComparedMetric.P95),
        ("p(99)", ComparedMetric.P99), ("mean", ComparedMetric.Mean), ("avg", ComparedMetric.Mean), ("rps", ComparedMetric.Rps),
        ("failed", ComparedMetric.Failed),
    ];

    private static readonly string[] TagNames = ["name", "method", "scenario"];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static FailRule Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
            throw new FormatException($"'{text}' is not a rule such as p(95)>+10% or rps{{name:/hello}}<-5%");
        string metric = match.Groups["metric"].Value;
        int index = Array.FindIndex(Names, n => n.Name == metric);
        if (index < 0)
            throw new FormatException($"'{metric}' is none of {string.Join(", ", Names.Select(n => n.Name))}");
        return new FailRule(
            text.Trim(), Names[index].Metric, TagsOf(match.Groups["tags"].Value), match.Groups["op"].Value == ">",
            double.Parse(match.Groups["limit"].Value, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>The changes that this rule is about and that it fails, one sentence each.</summary>
    public IReadOnlyList<string> Hits(RunComparison comparison) =>
    [
        .. comparison.Endpoints.Where(e => IsAbout(e.Endpoint))
            .SelectMany(e => e.Metrics.Where(Fails).Select(m => $"{Text}: {ComparisonText.Name(m.Metric)} of {e.Endpoint} changed by {ComparisonText.Change(m)}")),
    ];

    /// <summary>True when some endpoint of the comparison is what this rule is about.</summary>
    public bool Concerns(RunComparison comparison) => comparison.Endpoints.Any(e => IsAbout(e.Endpoint));

    private bool Fails(MetricChange change) =>
        change.Metric == Metric && change.IsSignificant && (Above ? change.Change > Limit : change.Change < Limit);

    private bool IsAbout(Endpoint endpoint) => Tags.All(tag => tag.Value == tag.Key switch
    {
        "name" => endpoint.Name,
        "method" => endpoint.Method,
        _ => endpoint.Scenario,
    });

    private static Dictionary<string, string> TagsOf(string text)
    {
        Dictionary<string, string> tags = [];
        foreach (string tag in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = tag.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? tag : tag[..colon];
            if (colon < 0 || !TagNames.Contains(name))
                throw new FormatException($"'{tag}' is not a tag such as name:/hello; there are {string.Join(", ", TagNames)}");
            tags[name] = tag[(colon + 1)..];
        }
        return tags;
    }

    [GeneratedRegex(@"^\s*(?<metric>[a-z]+(\(\d+\))?)\s*(\{(?<tags>[^}]*)\})?\s*(?<op>[<>])\s*(?<limit>[+-]?\d+(\.\d+)?)\s*%\s*$")]
    private static partial Regex Shape();
}
