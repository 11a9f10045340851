using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Docs;

/// <summary>One fenced block of a page.</summary>
/// <param name="Page">Path of the page from the root of the repository.</param>
/// <param name="Line">Line of the first line of the block, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">The block.</param>
internal sealed record DocBlock(string Page, int Line, string Language, string Text)
{
    /// <summary>Whether it is a whole load test: it begins with a using line.</summary>
    public bool IsWhole => Text.StartsWith("using ", StringComparison.Ordinal);

    public override string ToString() => $"{Page}({Line})";
}

/// <summary>The pages a person reads: README.md, the same in Korean, CHANGELOG.md and everything under docs.</summary>
internal static partial class DocPages
{
    /// <summary>Paths from the root of the repository, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md", "README.ko.md", "CHANGELOG.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    /// <summary>The blocks of all pages.</summary>
    public static IEnumerable<DocBlock> Blocks() => All.SelectMany(Blocks);

    /// <summary>The links of a page that lead into the repository: without http, without the part behind #.</summary>
    public static IEnumerable<string> Links(string page) => Link().Matches(Read(page))
        .Select(match => match.Groups[1].Value.Split('#')[0])
        .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal));

    /// <summary>The blocks of a page.</summary>
    public static IReadOnlyList<DocBlock> Blocks(string page)
    {
        List<DocBlock> blocks = [];
        List<string>? open = null;
        string language = "";
        int line = 0, start = 0;
        foreach (var text in Read(page).Split('\n'))
        {
            line++;
            if (!text.StartsWith("```", StringComparison.Ordinal))
            {
                open?.Add(text);
            }
            else if (open is null)
            {
                (open, language, start) = ([], text[3..].Trim(), line + 1);
            }
            else
            {
                blocks.Add(new DocBlock(page, start, language, string.Join('\n', open)));
                open = null;
            }
        }
        open.ShouldBeNull($"{page}: a block is not closed");
        return blocks;
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
