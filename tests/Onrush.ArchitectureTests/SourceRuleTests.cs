using System.Text.RegularExpressions;

namespace Onrush.ArchitectureTests;

/// <summary>Rules on source text that no compiler holds. Where a file is excepted, the reason stands beside it.</summary>
public sealed partial class SourceRuleTests
{
    private const int MostLines = 400;

    /// <summary>Files of src that may read the wall clock or block a thread, and why.</summary>
    private static readonly Dictionary<string, string> MayReadTheClock = [];

    /// <summary>Files of src that may be longer than the rest, and why.</summary>
    private static readonly Dictionary<string, string> MayBeLong = [];

    [Fact]
    public void Time_comes_from_TimeProvider_or_the_clock_of_the_loop()
    {
        var found = Find("src", WallClock()).ToArray();
        found.Where(hit => !MayReadTheClock.ContainsKey(hit.Path)).Select(hit => hit.ToString()).ShouldBeEmpty();
        MayReadTheClock.Keys.ShouldBeSubsetOf(found.Select(hit => hit.Path), "an exception that is no longer needed");
    }

    [Fact]
    public void Files_are_short()
    {
        var found = Repository.Files("src", "*.cs").Where(path => Repository.Read(path).Count(c => c == '\n') > MostLines).ToArray();
        found.Where(path => !MayBeLong.ContainsKey(path)).ShouldBeEmpty();
        MayBeLong.Keys.ShouldBeSubsetOf(found, "an exception that is no longer needed");
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("samples")]
    public void Nothing_is_folded_away_or_left_undone(string folder) =>
        Find(folder, Unfinished()).Where(hit => !hit.Path.EndsWith($"/{nameof(SourceRuleTests)}.cs", StringComparison.Ordinal))
            .Select(hit => hit.ToString()).ShouldBeEmpty();

    [Fact]
    public void Namespaces_are_file_scoped() => Find("src", BlockNamespace()).Select(hit => hit.ToString()).ShouldBeEmpty();

    [Fact]
    public void Nothing_names_a_workplace_or_a_registry()
    {
        var found =
            from path in Repository.Files()
            where new FileInfo(Path.Combine(Repository.Root, path)).Length < 1 << 20
            let text = Repository.Read(path)
            where !text.Contains('\0', StringComparison.Ordinal)
            from line in text.Split('\n').Select((content, index) => (Content: content, Number: index + 1))
            where Workplace().IsMatch(line.Content) && !path.EndsWith($"/{nameof(SourceRuleTests)}.cs", StringComparison.Ordinal)
            select $"{path}({line.Number}): {line.Content.Trim()}";
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("var a = DateTime.Now;", true)]
    [InlineData("var a = DateTimeOffset.UtcNow;", true)]
    [InlineData("Thread.Sleep(5);", true)]
    [InlineData("var a = time.GetUtcNow();", false)]
    public void The_clock_rule_sees(string code, bool seen) => WallClock().IsMatch(code).ShouldBe(seen);

    [Theory]
    [InlineData("cd /wo" + "rk/main", true)]
    [InlineData("\"/tmp/ba" + "sh_jobs.0\"", true)]
    [InlineData("https://api.nu" + "get.org/v3/index.json", true)]
    [InlineData("https://registry.npm" + "js.org/react", true)]
    [InlineData("/api/work/items", false)]
    [InlineData("a framework/main page", false)]
    public void The_workplace_rule_sees(string text, bool seen) => Workplace().IsMatch(text).ShouldBe(seen);

    private static IEnumerable<Hit> Find(string folder, Regex what) =>
        from path in Repository.Files(folder, "*.cs")
        from line in Repository.CodeLines(path)
        where what.IsMatch(line.Text)
        select new Hit(path, line.Number, line.Text.Trim());

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bThread\.Sleep\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"^\s*#region\b|\bTODO\b|\bFIXME\b|\bHACK\b|\bNotImplementedException\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^namespace [\w.]+\s*(\{|$)")]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"(?<![\w.])/wo" + @"rk/(main|wt|shared|\.)|/tmp/(ba" + @"sh|brief|b_)|nu" + @"get\.org|npm" + @"js\.(org|com)|py" + @"pi\.org|cra" + @"tes\.io", RegexOptions.IgnoreCase)]
    private static partial Regex Workplace();

    private sealed record Hit(string Path, int Number, string Text)
    {
        public override string ToString() => $"{Path}({Number}): {Text}";
    }
}
