using System.Text;

namespace Onrush.Cli.Terminal;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Right">True sets it flush right, as numbers are.</param>
/// <param name="Bar">True draws a bar in front of it.</param>
/// <param name="Flexible">True gives way when the table is too wide.</param>
/// <param name="Optional">True is left out when that is not enough.</param>
internal readonly record struct TextColumn(string Title, bool Right = true, bool Bar = false, bool Flexible = false, bool Optional = false);

/// <summary>Sets rows of text in columns under a heading, in the manner of Locust's tables.</summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    private const int NarrowestFlexible = 12;

    private readonly List<string[]?> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Cells.Clean)]);

    /// <summary>Draws a line under the last row.</summary>
    public void AddRule() => _rows.Add(null);

    /// <summary>Writes the table.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="width">Columns of the terminal; 0 when it does not matter.</param>
    public void Write(StringBuilder text, int width)
    {
        int[] widths = Widths(width);
        Line(text, widths, [.. columns.Select(column => column.Title)]);
        Rule(text, widths);
        foreach (string[]? row in _rows)
        {
            if (row is null)
                Rule(text, widths);
            else
                Line(text, widths, row);
        }
    }

    // A column that is left out has the width 0.
    private int[] Widths(int width)
    {
        int[] widths = [.. columns.Select((column, i) =>
            Math.Max(column.Title.Length, _rows.Max(row => row is null ? 0 : Cells.Width(row[i]))))];
        if (width == 0)
            return widths;
        int least = columns.Select((column, i) => column.Flexible ? Math.Min(widths[i], NarrowestFlexible) - widths[i] : 0).Sum();
        for (int i = columns.Length - 1; i >= 0 && Total(widths) + least > width; i--)
            if (columns[i].Optional)
                widths[i] = 0;
        int excess = Total(widths) - width;
        for (int i = 0; i < columns.Length && excess > 0; i++)
        {
            if (!columns[i].Flexible)
                continue;
            int less = Math.Max(Math.Min(widths[i], NarrowestFlexible), widths[i] - excess);
            excess -= widths[i] - less;
            widths[i] = less;
        }

        return widths;
    }

    private int Total(int[] widths) => widths.Select((width, i) => width == 0 ? 0 : width + Between(i).Length).Sum();

    private string Between(int column) => column == 0 ? "" : columns[column].Bar ? " | " : " ";

    private void Line(StringBuilder text, int[] widths, string[] cells)
    {
        StringBuilder line = new();
        for (int i = 0; i < columns.Length; i++)
        {
            if (widths[i] == 0)
                continue;
            line.Append(Between(i));
            line.Append(Cells.Pad(Cells.Fit(cells[i], widths[i]), widths[i], columns[i].Right));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private void Rule(StringBuilder text, int[] widths)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (widths[i] == 0)
                continue;
            text.Append(Between(i) switch
            {
                "" => "",
                " " => "|",
                _ => "-|-",
            });
            text.Append('-', widths[i]);
        }

        text.Append('\n');
    }
}
