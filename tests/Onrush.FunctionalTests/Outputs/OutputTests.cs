using System.Text.Json;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>--out with outputs that need no server: what arrives is what the target counted.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_lines_add_up_to_what_the_target_counted_and_a_replay_sends_the_same()
    {
        await using var target = CountingServer.Start();
        var run = await OnrushCommand.RunAsync(_folder, Arguments("hello.cs", target, "--out", "json=a.jsonl", "--out", "json=b.jsonl&period=2s", "--require-outputs"), limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Errors.ShouldContain("output json=a.jsonl: ");
        Requests("a.jsonl").ShouldBe(target.Counts.Received);
        Requests("b.jsonl").ShouldBe(target.Counts.Received);
        var replay = await OnrushCommand.RunAsync(_folder, ["replay", "latest", "--out", "json=c.jsonl", "--require-outputs"], limit: OutputRun.Patience);
        replay.ExitCode.ShouldBe(0, replay.Everything);
        File.ReadAllText(Path.Combine(_folder.Path, "c.jsonl")).ShouldBe(File.ReadAllText(Path.Combine(_folder.Path, "a.jsonl")));
    }

    [Fact]
    public async Task An_output_beside_the_load_test_gets_every_interval()
    {
        await using var target = CountingServer.Start();
        var run = await OnrushCommand.RunAsync(_folder, Arguments("own-output.cs", target, "--out", "RateFile=rates.tsv", "--require-outputs"), limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Errors.ShouldContain("output rates in rates.tsv: ");
        File.ReadLines(Path.Combine(_folder.Path, "rates.tsv")).Skip(1).Sum(line => long.Parse(line.Split('\t')[3])).ShouldBe(target.Counts.Received);
    }

    [Fact]
    public async Task A_disk_that_is_full_costs_the_output_and_not_the_run()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        await using var target = CountingServer.Start();
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "full.jsonl"), "/dev/full");
        var run = await OnrushCommand.RunAsync(
            _folder, Arguments("hello.cs", target, "--out", "json=full.jsonl", "--drain-timeout", "1s", "--require-outputs", "--json-file", "run.json", "--markdown", "run.md"), limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(96, run.Everything);
        run.Console.Aggregated.Requests.ShouldBe(target.Counts.Received);
        run.Errors.ShouldContain("No space left on device");
        run.Errors.ShouldMatch(@"output json=full\.jsonl: (\d+) lines produced, 0 delivered, \1 dropped");
        // The account is in the results, and in the journal for those that are made later.
        (await OnrushCommand.RunAsync(_folder, ["export", "latest", "--json-file", "later.json"])).ExitCode.ShouldBe(0);
        foreach (var file in (string[])["run.json", "later.json"])
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, file)));
            var account = document.RootElement.GetProperty("outputs")[0];
            (account.GetProperty("output").GetString(), account.GetProperty("delivered").GetInt64(), account.GetProperty("queued").GetInt64()).ShouldBe(("json=full.jsonl", 0, 0));
            account.GetProperty("produced").GetInt64().ShouldBeGreaterThan(0);
            account.GetProperty("dropped").GetInt64().ShouldBe(account.GetProperty("produced").GetInt64());
            account.GetProperty("trouble").GetString().ShouldNotBeNull().ShouldContain("No space left on device");
        }

        File.ReadAllText(Path.Combine(_folder.Path, "run.md")).ShouldMatch(@"\| json=full\.jsonl \| \d+ lines \| 0 \| \d+ \| 0 \| No space left on device");
    }

    [Fact]
    public async Task An_output_that_is_incomplete_costs_the_exit_code_only_where_that_was_asked_for()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        await using var target = CountingServer.Start();
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "full.csv"), "/dev/full");
        var run = await OnrushCommand.RunAsync(_folder, Arguments("hello.cs", target, "--out", "csv=full.csv", "--drain-timeout", "0s"), limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Errors.ShouldContain(" dropped");
    }

    [Theory]
    [InlineData("jsn=a", "--out: there is no output 'jsn'; did you mean json? ")]
    [InlineData("json=a&perod=1s", "--out: json=a: there is no option 'perod'; did you mean period? ")]
    [InlineData("json", "--out: json: a file is needed, as in json=results.jsonl, or - for the screen")]
    [InlineData("json=none/../../x&queue=much", "--out: json=none/../../x: queue: 'much' is not a number of bytes such as 64MiB")]
    public async Task What_cannot_be_is_refused_before_the_run(string text, string message)
    {
        await using var target = CountingServer.Start();
        var run = await OnrushCommand.RunAsync(_folder, Arguments("hello.cs", target, "--out", text), limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(104, run.Everything);
        run.Errors.ShouldContain(message);
        target.Counts.Received.ShouldBe(0);
        Directory.EnumerateDirectories(Path.Combine(_folder.Path, ".onrush/runs")).ShouldBeEmpty();
    }

    private long Requests(string file) => File.ReadLines(Path.Combine(_folder.Path, file)).Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.GetProperty("type").GetString() == "requests").Sum(line => line.GetProperty("requests").GetInt64());

    private static IEnumerable<string> Arguments(string sample, CountingServer target, params IEnumerable<string> more) =>
        ["-f", Path.Combine(Repository.Root, "samples/loadtests", sample), "-H", target.Url.ToString(), "--headless", "-u", "5", "-r", "50", "-t", "3s", .. more];
}
