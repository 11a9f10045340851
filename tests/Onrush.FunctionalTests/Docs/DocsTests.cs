using System.Text.RegularExpressions;
using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Options;
using Onrush.Cli.Scripts;
using Onrush.FunctionalTests.Running;
using Onrush.Users;

namespace Onrush.FunctionalTests.Docs;

/// <summary>Holds the docs to the product: what they show compiles, exists, or leads somewhere.</summary>
public sealed partial class DocsTests
{
    // Options of other commands that the docs show: eng/test, dotnet, docker and the like, each in a line of its own.
    private static readonly string[] OtherCommands = ["eng/test", "eng/compose ", "dotnet ", "curl ", "bench/run", "git ", "docker "];

    /// <summary>
    /// A block that begins with a using line is a whole load test. Any other block is what stands inside a user class, or, when it declares types itself,
    /// a part of a file.
    /// </summary>
    [Fact]
    public void Every_block_of_csharp_compiles_without_a_warning()
    {
        var blocks = DocPages.Blocks().Where(block => block.Language == "csharp").ToList();
        blocks.Count.ShouldBeGreaterThan(10);
        using var folder = new TemporaryFolder();
        List<string> problems = [];
        foreach (var (index, block) in blocks.Index())
        {
            var path = folder.Write($"Block{index}.cs", Whole(block));
            var compiled = RoslynCompiler.Compile(Script.Read([path]), folder.Path);
            problems.AddRange(compiled.Messages.Select(message => $"{block}: {message.Text}"));
            if (compiled.Assembly.Length > 0 && block.IsWhole)
            {
                var test = LoadTestDefinition.FromAssembly(new LoadTestContext(null).Load(compiled.Assembly, compiled.Symbols));
                if (test.Users.Count == 0)
                    problems.Add($"{block}: there is no user class");
            }
        }
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_link_leads_to_a_file()
    {
        List<string> problems = [];
        foreach (var page in DocPages.All)
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
            problems.AddRange(DocPages.Links(page).Where(link => !Path.Exists(Path.Combine(folder, link))).Select(link => $"{page}: {link}"));
        }
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        HashSet<string> reached = [];
        Queue<string> open = new(["README.md"]);
        while (open.TryDequeue(out var page))
        {
            if (!reached.Add(page))
                continue;
            var folder = Path.GetDirectoryName(page)!;
            foreach (var link in DocPages.Links(page).Where(link => link.EndsWith(".md", StringComparison.Ordinal)))
            {
                var path = Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, link))).Replace('\\', '/');
                if (DocPages.All.Contains(path))
                    open.Enqueue(path);
            }
        }
        DocPages.All.Except(reached).ShouldBeEmpty();
    }

    [Fact]
    public void Every_sample_that_is_named_exists()
    {
        List<string> problems = [];
        foreach (var page in DocPages.All)
        {
            problems.AddRange(Sample().Matches(DocPages.Read(page)).Select(match => match.Value)
                .Where(sample => !File.Exists(Path.Combine(Repository.Root, sample))).Select(sample => $"{page}: {sample}"));
        }
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_option_of_onrush_that_is_shown_exists()
    {
        HashSet<string> known =
        [
            .. OptionCatalog.All.Select(option => "--" + option.Name),
            .. KeptRunCommands.Names.SelectMany(name => KeptRunCommands.Find(name)!.OwnOptions).Select(option => "--" + option.Name),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples/loadtests"), "*.cs").SelectMany(OwnOptions),
        ];
        List<string> problems = [];
        foreach (var block in DocPages.Blocks().Where(block => block.Language == "sh"))
        {
            foreach (var line in block.Text.Split('\n').Where(line => line.Contains("onrush", StringComparison.Ordinal) && !OtherCommands.Any(line.Contains)))
                problems.AddRange(LongOption().Matches(line).Select(match => match.Value).Where(option => !known.Contains(option)).Select(option => $"{block}: {option}"));
        }
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void The_guide_explains_every_option_of_onrush()
    {
        var page = DocPages.Read("docs/guide/running.md");
        OptionCatalog.All.Where(option => !page.Contains(option.Positional ? "CLASS" : $"`--{option.Name}", StringComparison.Ordinal))
            .Select(option => option.Name).ShouldBeEmpty();
    }

    [Fact]
    public void The_symptoms_explain_every_outcome_of_a_failure()
    {
        var page = DocPages.Read("docs/symptoms/requests-fail.md");
        Enum.GetValues<Measurement.Outcome>().Where(Measurement.OutcomeTable.IsFailure)
            .Where(outcome => !page.Contains($"`{outcome}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Whole(DocBlock block) =>
        block.IsWhole || TypeDeclaration().IsMatch(block.Text) ? block.Text : $"public class Example : FastHttpUser\n{{\n{block.Text}\n}}\n";

    private static IEnumerable<string> OwnOptions(string sample)
    {
        var compiled = RoslynCompiler.Compile(Script.Read([sample]), Repository.Root);
        return LoadTestDefinition.FromAssembly(new LoadTestContext(null).Load(compiled.Assembly, compiled.Symbols)).Options.Select(option => "--" + option.Name);
    }

    // At the beginning of a line: what is nested in a user class stands further in.
    [GeneratedRegex(@"^(\[.*\]\s*)?public (sealed |abstract )*class ", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"samples/[\w/.-]+\.cs")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]+")]
    private static partial Regex LongOption();
}
