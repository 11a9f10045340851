using System.Text;
using Onrush.Measurement;

namespace Onrush.Cli.Terminal.Summaries.K6;

/// <summary>
/// k6's end-of-test summary, to the character:
/// <code>
/// names      dots up to the longest name of the report and three more; those of the three lines on checks by themselves
/// trends     each column as wide as its widest value in the section, the last one too
/// others     the value as wide as the widest in the section; a gauge has two more columns, aligned with the one of the others
/// blank lines one between parts, two in front of each section but the first
/// </code>
/// </summary>
internal sealed class K6Summary(IReadOnlyList<TrendStat> stats, TimeUnit unit, Marks marks)
{
    private const string Indent = "    ";

    private readonly StringBuilder _text = new();

    /// <summary>The whole text.</summary>
    public string Render(K6Report report)
    {
        _text.Clear().Append('\n');
        bool first = true;
        if (report.Thresholds.Count > 0)
        {
            Title("THRESHOLDS", 0, ref first);
            Thresholds(report.Thresholds);
        }

        int names = report.Sections.SelectMany(section => section.Blocks).SelectMany(block => block.Metrics).Select(metric => Cells.Width(metric.Name)).DefaultIfEmpty(0).Max();
        foreach (K6Section section in report.Sections)
        {
            Title(section.Title, section.Depth, ref first);
            Section(section, names + 3, Indent + new string(' ', section.Depth * 2));
        }

        return _text.ToString();
    }

    private void Title(string title, int depth, ref bool first)
    {
        if (!first)
            _text.Append('\n');
        first = false;
        _text.Append(' ', 2 + depth * 2).Append(depth == 0 ? '█' : '↳').Append(' ').Append(marks.Bold(Cells.Clean(title))).Append(" \n\n");
    }

    private void Thresholds(IReadOnlyList<K6Threshold> thresholds)
    {
        foreach (IGrouping<string, K6Threshold> metric in thresholds.GroupBy(threshold => threshold.Metric))
        {
            _text.Append(Indent).Append(Cells.Clean(metric.Key)).Append('\n');
            foreach (K6Threshold threshold in metric)
            {
                string found = threshold.Value is { } value ? $"{threshold.Looks}={marks.Value(value)}" : "no data";
                _text.Append(Indent).Append(marks.Of(threshold.Passed)).Append($" '{Cells.Clean(threshold.Source)}' {found}\n");
            }

            _text.Append('\n');
        }
    }

    private void Section(K6Section section, int names, string indent)
    {
        if (section.Checks.Count > 0)
            Checks(section, indent);
        K6Metric[] all = [.. section.Blocks.SelectMany(block => block.Metrics)];
        int[] trends = [.. stats.Select((_, i) => all.Where(metric => metric.Kind == MetricKind.Trend).Select(metric => Trend(metric)[i].Length).DefaultIfEmpty(0).Max())];
        K6Values[] others = [.. all.Where(metric => metric.Kind != MetricKind.Trend).Select(metric => K6Values.Of(metric, unit))];
        foreach (K6Block block in section.Blocks)
        {
            _text.Append(indent).Append(marks.Bold(block.Heading)).Append('\n');
            foreach (K6Metric metric in block.Metrics)
            {
                string values = metric.Kind == MetricKind.Trend
                    ? string.Join(' ', Trend(metric).Select((value, i) => $"{stats[i].Text}={marks.Value(value)}{new string(' ', trends[i] - value.Length)}"))
                    : K6Values.Of(metric, unit).Aligned(others, marks);
                Line(indent, metric.Name, names, values);
            }

            _text.Append('\n');
        }
    }

    private void Checks(K6Section section, string indent)
    {
        long passes = section.Checks.Sum(check => check.Passes), fails = section.Checks.Sum(check => check.Fails), all = passes + fails;
        (string Name, K6Values Values)[] lines =
        [
            ("checks_total", K6Values.Counter(all, section.Seconds)),
            ("checks_succeeded", K6Values.Share(passes, all)),
            ("checks_failed", K6Values.Share(fails, all)),
        ];
        K6Values[] values = [.. lines.Select(line => line.Values)];
        int names = lines.Max(line => line.Name.Length) + 3;
        foreach ((string name, K6Values value) in lines)
            Line(indent, name, names, value.Aligned(values, marks));
        _text.Append('\n');
        foreach (K6Check check in section.Checks)
        {
            _text.Append(indent);
            if (check.Fails == 0)
            {
                _text.Append(marks.Good($"✓ {Cells.Clean(check.Name)}")).Append('\n');
                continue;
            }

            long percent = (long)Math.Floor(100.0 * check.Passes / (check.Passes + check.Fails));
            _text.Append(marks.Bad($"✗ {Cells.Clean(check.Name)}")).Append('\n');
            _text.Append(indent).Append(marks.Bad($"  ↳  {percent}% — ✓ {check.Passes} / ✗ {check.Fails}")).Append('\n');
        }

        _text.Append('\n');
    }

    private void Line(string indent, string name, int names, string values)
    {
        string dots = new('.', names - Cells.Width(name));
        _text.Append(indent).Append(Cells.Clean(name)).Append(marks.Faint(dots + ":")).Append(' ').Append(values).Append('\n');
    }

    private string[] Trend(K6Metric metric) =>
    [
        .. stats.Select(stat => stat.Aggregation == Runs.MetricAggregation.Count
            ? K6Numbers.Plain(metric.Values.Count)
            : K6Numbers.Value(metric.Values.Value(stat.Aggregation, stat.Fraction), metric.Unit, unit)),
    ];
}
