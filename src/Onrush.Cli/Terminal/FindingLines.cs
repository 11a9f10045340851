using System.Text;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>Findings as the terminal shows them. What the report prints as a warning or error of the run anyway is left out.</summary>
internal static class FindingLines
{
    private const int Widest = 120, Most = 5;

    /// <summary>The list at the end: the cause first, each with its sentence and where to read on.</summary>
    /// <returns>Whether there was any.</returns>
    public static bool Write(StringBuilder text, RunSnapshot run, int width)
    {
        IReadOnlyList<Finding> findings = Shown(run);
        if (findings.Count == 0)
            return false;
        int columns = width == 0 ? Widest : Math.Clamp(width, 40, Widest);
        text.Append("Findings, the cause first\n");
        foreach (Finding finding in findings.Take(Most))
        {
            text.Append($" {Sign(finding)} {Cells.Clean(finding.Title)}\n");
            foreach (string line in Wrapped(Cells.Clean(finding.Text), columns - 3))
                text.Append($"   {line}\n");
            if (finding.Link is { } link)
                text.Append($"   -> {link}\n");
        }

        if (findings.Count > Most)
            text.Append($"   and {findings.Count - Most} more: {string.Join(", ", findings.Skip(Most).Select(f => f.Title))}\n");
        return true;
    }

    /// <summary>Those that are shown.</summary>
    public static IReadOnlyList<Finding> Shown(RunSnapshot run) =>
        [.. RunAnalysis.Findings(run).Where(f => f.Id != "counts" && !f.Id.StartsWith("warning-", StringComparison.Ordinal))];

    /// <summary>A finding in a line, for the live screens.</summary>
    public static string Line(Finding finding, RunSnapshot run) => Cells.Clean($"{Numbers.Clock(run.RunTime)} finding: {finding.Title}. {FirstSentence(finding.Text)}");

    private static string Sign(Finding finding) => finding.Severity switch { FindingSeverity.Problem => "!!", FindingSeverity.Warning => " !", _ => " -" };

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    private static IEnumerable<string> Wrapped(string text, int columns)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
