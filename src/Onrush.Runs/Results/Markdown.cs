using System.Text;

namespace Onrush.Runs.Results;

/// <summary>Text in Markdown that stays what it is, whatever a name or an error message contains.</summary>
internal static class Markdown
{
    private const int Longest = 200;
    private const string Meaningful = "\\`*_{}[]<>()#+!|~&@";

    /// <summary>A text within a line or a cell: nothing in it is markup, a mention or a line break.</summary>
    public static string Inline(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (char c in text.Length > Longest ? text.AsSpan(0, Longest) : text)
        {
            if (char.IsControl(c))
                safe.Append(' ');
            else if (c is '<' or '>' or '&' or '|' or '@')
                safe.Append("&#").Append((int)c).Append(';');
            else if (Meaningful.Contains(c, StringComparison.Ordinal))
                safe.Append('\\').Append(c);
            else
                safe.Append(c);
        }
        return (text.Length > Longest ? safe.Append('…') : safe).ToString();
    }

    /// <summary>Appends a row of a table; the cells are Markdown already.</summary>
    public static void Row(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        foreach (string cell in cells)
            text.Append("| ").Append(cell).Append(' ');
        text.Append("|\n");
    }
}
