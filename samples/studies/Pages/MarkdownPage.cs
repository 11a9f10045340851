using System.Text;

namespace Studies.Pages;

/// <summary>A page in Markdown, written from top to bottom.</summary>
internal sealed class MarkdownPage(string title)
{
    private readonly StringBuilder _text = new();
    private string _answer = "";

    /// <summary>What came out, in a sentence or two: it stands before everything else, whenever it is known.</summary>
    public void Answer(string text) => _answer = $"\n**{text}**\n";

    public void Heading(string text) => _text.Append($"\n## {text}\n");

    public void Text(string text) => _text.Append($"\n{text}\n");

    public void List(IEnumerable<string> items)
    {
        _text.Append('\n');
        foreach (var item in items)
            _text.Append($"* {item}\n");
    }

    public void Command(string text) => _text.Append($"\n```sh\n{text}\n```\n");

    public void Picture(string what, string file) => _text.Append($"\n![{what}]({file})\n");

    public void Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        _text.Append('\n');
        Row(heading);
        Row([.. heading.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
            Row(row);
    }

    public string Render() => $"# {title}\n{_answer}{_text}";

    private void Row(IReadOnlyList<string> cells) => _text.Append($"| {string.Join(" | ", cells)} |\n");
}
