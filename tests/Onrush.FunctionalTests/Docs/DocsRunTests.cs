using System.Collections.Concurrent;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Docs;

/// <summary>What the docs show does not only compile: each whole load test is run, and what is in another language is at least read by it.</summary>
public sealed class DocsRunTests : IDisposable
{
    private const int SideBySide = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The options that blocks require.
    private static readonly Dictionary<string, string> Environment = new() { ["ONRUSH_API_KEY"] = "key" };

    private readonly TemporaryFolder _folder = new();

    /// <summary>A second of three users, whatever the block asks for: 10,000 of them are tested elsewhere.</summary>
    [Fact]
    public async Task Every_whole_load_test_puts_load_on_a_server()
    {
        var blocks = DocPages.Blocks().Where(block => block.Language == "csharp" && block.IsWhole).ToList();
        blocks.Count.ShouldBeGreaterThan(15);
        // The data that some of them read.
        File.Copy(Path.Combine(Repository.Root, "samples/loadtests/accounts.csv"), Path.Combine(_folder.Path, "accounts.csv"));
        await using var server = CountingServer.Start();
        var problems = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(blocks.Index(), new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (block, _) =>
        {
            var file = _folder.Write($"Block{block.Index}.cs", block.Item.Text);
            await using var running = OnrushCommand.Start(
                _folder, ["-f", file, "-H", server.Url.AbsoluteUri.TrimEnd('/'), "--headless", "-u", "3", "-r", "100", "-t", "1s", "--no-journal"], Environment);
            // A block may well break its own rules here.
            var code = await running.ExitAsync(Patience);
            if (code is not (0 or 1 or 99) || !running.Output.Contains("# reqs", StringComparison.Ordinal) && !running.Output.Contains("requests, ", StringComparison.Ordinal))
                problems.Add($"{block.Item}: exit code {code}: {running.Output}\n{running.Errors}");
        });
        problems.ShouldBeEmpty();
        server.Counts.Paths.Count().ShouldBeGreaterThan(10, "what the blocks asked for");
    }

    [Theory]
    [InlineData("python", "python3", "python3", "-m", "py_compile")]
    [InlineData("js", "node", "npm", "--check")]
    public async Task Every_block_of_another_tool_is_in_its_language(string language, string program, string package, params string[] arguments)
    {
        var found = Programs.FindOrSkip(program, package);
        var blocks = DocPages.Blocks().Where(block => block.Language == language).ToList();
        blocks.Count.ShouldBeGreaterThan(2);
        foreach (var (index, block) in blocks.Index())
        {
            // Scripts of k6 are modules.
            var file = _folder.Write($"block{index}.{(language == "js" ? "mjs" : "py")}", block.Text);
            await using var process = RunningProgram.Start(found, [.. arguments, file], _folder.Path);
            (await process.ExitAsync()).ShouldBe(0, $"{block}: {process.Errors}");
        }
    }

    [Fact]
    public async Task Commands_that_show_something_show_it()
    {
        var lines = DocPages.Blocks().Where(block => block.Language == "sh").SelectMany(block => block.Text.Split('\n'))
            .Where(line => line.Contains("onrush -f samples/", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeGreaterThan(1);
        foreach (var line in lines)
        {
            var file = line.Split(' ').SkipWhile(word => word != "-f").Skip(1).First();
            var list = await OnrushCommand.RunAsync(_folder, ["-f", Path.Combine(Repository.Root, file), "--list"]);
            list.ExitCode.ShouldBe(0, $"{line}: {list.Everything}");
        }
    }

    public void Dispose() => _folder.Dispose();
}
