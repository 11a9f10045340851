using System.Globalization;
using System.Text.RegularExpressions;

namespace Onrush.FunctionalTests.Running;

/// <summary>What the command printed, as numbers. The one place in these tests that knows the layout of the console.</summary>
internal sealed partial class ConsoleOutput
{
    private const string FromDueTitle = "From the due start";

    private readonly string _text;

    private ConsoleOutput(string text)
    {
        _text = text;
        Statistics = [.. Section(line => line.StartsWith("Type", StringComparison.Ordinal) && line.Contains("# fails", StringComparison.Ordinal))
            .Select(line => StatisticsLine().Match(line)).Where(match => match.Success)
            .Select(match => new StatisticsRow(
                match.Groups["method"].Value, match.Groups["name"].Value, Whole(match.Groups["requests"].Value), Whole(match.Groups["failures"].Value)))];
        Errors = [.. Section(line => line.StartsWith("Error report", StringComparison.Ordinal))
            .Select(line => ErrorLine().Match(line)).Where(match => match.Success)
            .Select(match => new ErrorRow(Whole(match.Groups["count"].Value), match.Groups["text"].Value))];
        Exceptions = [.. Section(line => line == "Exceptions")];
        Live = [.. Lines.Select(LiveRow.Parse).OfType<LiveRow>()];
    }

    /// <summary>The rows of the statistics table without the sum.</summary>
    public IReadOnlyList<StatisticsRow> Series => [.. Statistics.Where(row => row.Name != "Aggregated")];

    /// <summary>The sum of the statistics table.</summary>
    public StatisticsRow Aggregated => Statistics.Single(row => row.Name == "Aggregated");

    /// <summary>The rows of the failures table.</summary>
    public IReadOnlyList<ErrorRow> Errors { get; }

    /// <summary>The lines of the exceptions table.</summary>
    public IReadOnlyList<string> Exceptions { get; }

    /// <summary>The lines printed while the run went on.</summary>
    public IReadOnlyList<LiveRow> Live { get; }

    /// <summary>Requests cut by the stop.</summary>
    public long Cancelled => CancelledLine().Match(_text) is { Success: true } match ? Whole(match.Groups["count"].Value) : 0;

    /// <summary>Whether some seconds were marked as limited by the generator.</summary>
    public bool GeneratorBound => _text.Contains("generator-bound", StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<StatisticsRow> Statistics { get; }

    private string[] Lines => _text.Split('\n');

    /// <summary>Reads what the command printed; fails with the whole text when there is no statistics table in it.</summary>
    public static ConsoleOutput Parse(string text)
    {
        var output = new ConsoleOutput(text);
        output.Statistics.Count(row => row.Name == "Aggregated").ShouldBe(1, $"there is not one statistics table in:\n{text}");
        return output;
    }

    /// <summary>The row of one name.</summary>
    public StatisticsRow Row(string name) => Series.SingleOrDefault(row => row.Name == name)
        ?? throw new ShouldAssertException($"there is not one row {name} in:\n{_text}");

    /// <summary>A percentile of all requests, counted from the due start of their iterations, in milliseconds.</summary>
    /// <param name="rank">As in the heading, for instance 99%.</param>
    public double FromDue(string rank)
    {
        var section = Section(line => line.StartsWith(FromDueTitle, StringComparison.Ordinal));
        section.ShouldNotBeEmpty($"there are no times from the due start in:\n{_text}");
        var ranks = Cells(section[0]);
        var values = Cells(section.Single(line => line.TrimStart().StartsWith("Aggregated", StringComparison.Ordinal)));
        return double.Parse(values[Array.IndexOf(ranks, rank)], CultureInfo.InvariantCulture);

        static string[] Cells(string line) => line.Split('|')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private string[] Section(Func<string, bool> isHeading) =>
        [.. Lines.SkipWhile(line => !isHeading(line)).Skip(1).TakeWhile(line => line.Trim().Length > 0)];

    private static long Whole(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<method>\S*)\s+(?<name>\S.*?)\s+(?<requests>\d+)\s+(?<failures>\d+)\([\d.]+%\) \|")]
    private static partial Regex StatisticsLine();

    [GeneratedRegex(@"^\s*(?<count>\d+) (?<text>\S.*)$")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"Cancelled by the stop[^:]*: (?<count>[\d,]+) request")]
    private static partial Regex CancelledLine();
}

/// <summary>A line of the statistics table.</summary>
internal sealed record StatisticsRow(string Method, string Name, long Requests, long Failures);

/// <summary>A line of the failures table.</summary>
/// <param name="Count">How often.</param>
/// <param name="Text">Method, name and what went wrong.</param>
internal sealed record ErrorRow(long Count, string Text);
