using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Onrush.Runs.Tests.Results.Documents;

/// <summary>The summaries above the records and their properties, so that types for others say what the code says.</summary>
internal sealed partial class Descriptions
{
    private readonly Dictionary<string, string> _summaries = [];

    public Descriptions(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(CheckedIn.PathOf(folder), "*.cs"))
            Read(File.ReadLines(file));
    }

    public string Of(Type type) => _summaries[type.Name];

    public string Of(PropertyInfo property) => _summaries[$"{property.DeclaringType!.Name}.{property.Name}"];

    private void Read(IEnumerable<string> lines)
    {
        string comment = "", record = "";
        foreach (string line in lines.Select(l => l.Trim()))
        {
            if (line.StartsWith("///", StringComparison.Ordinal))
            {
                comment += " " + line[3..].Trim();
                continue;
            }
            if (Record().Match(line) is { Success: true } type)
                _summaries[record = type.Groups[1].Value] = Text(comment);
            else if (Property().Match(line) is { Success: true } property)
                _summaries[$"{record}.{property.Groups[1].Value}"] = Text(comment);
            comment = "";
        }
    }

    private static string Text(string comment) => WebUtility.HtmlDecode(Tag().Replace(comment, "")).Trim();

    [GeneratedRegex(@"\brecord (\w+)")]
    private static partial Regex Record();

    [GeneratedRegex(@"^public .*?(\w+) \{ get")]
    private static partial Regex Property();

    [GeneratedRegex("</?[a-z]+>")]
    private static partial Regex Tag();
}
