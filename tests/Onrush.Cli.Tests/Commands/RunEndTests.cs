using Onrush.Cli.Commands;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Cli.Tests.Terminal.Summaries;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Commands;

/// <summary>What is printed and written at the end, with what the load test hands out itself.</summary>
public sealed class RunEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _allWritten;

    public sealed class Writer(Func<RunSummary, IReadOnlyDictionary<string, string>?> summarize) : LoadTest
    {
        public override IReadOnlyDictionary<string, string>? Summarize(RunSummary run) => summarize(run);
    }

    [Fact]
    public void Files_are_written_beside_the_summary()
    {
        (string output, string error) = Show(run => new Dictionary<string, string>
        {
            ["summary.txt"] = $"{run.Requests} requests",
            ["new/folder/p95.txt"] = $"{run.Metric("http_req_duration").Percentile(95)}",
        });
        output.ShouldContain("Response time percentiles");
        output.ShouldContain("PASSED: 211 requests");
        error.ShouldBeEmpty();
        _allWritten.ShouldBeTrue();
        Read("summary.txt").ShouldBe("211 requests");
        Read("new/folder/p95.txt").ShouldBe("1");
    }

    [Fact]
    public void The_outputs_own_text_replaces_the_summary()
    {
        (string output, string error) = Show(_ => new Dictionary<string, string> { ["stdout"] = "{\"mine\":1}\n", ["stderr"] = "done\n" });
        output.ShouldBe("{\"mine\":1}\n");
        error.ShouldBe("done\nonrush: PASSED: 211 requests, none failed.\n");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_one_line_and_the_others_are_there()
    {
        _folder.Write("taken", "a file, no folder");
        (string output, string error) = Show(_ => new Dictionary<string, string>
        {
            ["taken/a.txt"] = "a", ["."] = "b", [""] = "c", ["bad\0name"] = "d", ["good.txt"] = "e",
        });
        output.ShouldContain("PASSED");
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4, error);
        lines.ShouldAllBe(line => line.StartsWith("onrush: ") && line.Contains(" of Summarize cannot be written: "));
        lines[0].ShouldStartWith("onrush: taken/a.txt of ");
        _allWritten.ShouldBeFalse();
        Read("good.txt").ShouldBe("e");
    }

    [Fact]
    public void What_the_load_test_throws_does_not_take_the_summary_away()
    {
        (string output, string error) = Show(_ => throw new InvalidOperationException("no\nidea"));
        output.ShouldContain("PASSED: 211 requests");
        error.ShouldContain("ERROR Writer.Summarize threw InvalidOperationException: no idea");
    }

    [Fact]
    public void K6s_summary_has_the_output_to_itself()
    {
        (string output, string error) = Show(_ => null, "--summary", "k6", "--summary-trend-stats", "max", "--summary-time-unit", "us");
        output.ShouldStartWith("\n  █ TOTAL RESULTS \n\n    HTTP\n    http_req_duration..............: max=1000.00µs\n");
        error.ShouldBe("onrush: PASSED: 211 requests, none failed.\n");
    }

    public void Dispose() => _folder.Dispose();

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.Path, name));

    private (string Output, string Error) Show(Func<RunSummary, IReadOnlyDictionary<string, string>?> summarize, params string[] options)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        CommandHost host = new() { Output = output, Error = error, Directory = _folder.Path, Environment = new Dictionary<string, string>() };
        OptionValues values = new OptionSources(options, host.Environment, null, _folder.Path).Resolve(OptionCatalog.All, final: true);
        using Log log = new(LogLevel.Info, error.WriteLine, null, TimeProvider.System);
        PlayedRun played = new PlayedRun(1).Requests(211, 1_000_000, "GET", "/").Second(1);
        RunSnapshot run = played.End(1);
        RunEnding ending = new(new Writer(summarize), RunSummaries.Of(run, played.Metrics), played.Metrics);
        RunEnd end = new(host, values, log, run, ending, Verdict.Of(run, ExitCodes.Failed));
        _allWritten = end.WriteFiles();
        end.Print();
        return (output.ToString(), error.ToString());
    }
}
