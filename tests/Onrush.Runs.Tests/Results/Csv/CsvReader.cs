using System.Text;

namespace Onrush.Runs.Tests.Results.Csv;

/// <summary>Reads comma-separated values the way RFC 4180 says, and nothing more lenient.</summary>
internal static class CsvReader
{
    /// <summary>The rows by column.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string text)
    {
        var lines = Lines(text);
        foreach (var line in lines)
            line.Count.ShouldBe(lines[0].Count, string.Join('|', line));
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(p => p.First, p => p.Second))];
    }

    public static List<List<string>> Lines(string text)
    {
        var lines = new List<List<string>>();
        var line = new List<string>();
        var field = new StringBuilder();
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '"')
            {
                field.Length.ShouldBe(0, "a quote begins a field");
                for (i++; text[i] != '"' || (i + 1 < text.Length && text[i + 1] == '"'); i++)
                {
                    if (text[i] == '"')
                        i++;
                    field.Append(text[i]);
                }
                i++;
            }
            else if (text[i] == ',')
            {
                line.Add(field.ToString());
                field.Clear();
                i++;
            }
            else if (text[i] == '\r')
            {
                text[i + 1].ShouldBe('\n');
                line.Add(field.ToString());
                field.Clear();
                lines.Add(line);
                line = [];
                i += 2;
            }
            else
            {
                text[i].ShouldNotBe('\n', "a line ends with CRLF");
                field.Append(text[i++]);
            }
        }
        line.ShouldBeEmpty("the last line ends too");
        return lines;
    }
}
