using System.Text.Json;
using Onrush.Cli.Commands;
using Onrush.Cli.Tests.Terminal;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Commands;

/// <summary>The result files by their options, and what they do to the exit code.</summary>
public sealed class RunResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeRun _run = new() { Snapshot = Samples.Good() };
    private Action _whileRunning = () => { };
    private bool _started;

    public RunResultsTests() => _folder.Write("loadtest.cs", "public class HelloUser : User { [Task] public void Hello() { } }");

    [Fact]
    public async Task Files_stand_where_the_options_say()
    {
        _whileRunning = () => _run.Fold(Samples.Good());
        (int code, string error) = await Execute("--csv out/run --json-file run.json --junit junit.xml --markdown run.md", ("GITHUB_STEP_SUMMARY", "steps.md"));

        code.ShouldBe(0, error);
        foreach (string name in (string[])["out/run_stats.csv", "out/run_stats_history.csv", "out/run_failures.csv", "out/run_exceptions.csv", "junit.xml"])
            File.Exists(Path.Combine(_folder.Path, name)).ShouldBeTrue(name);
        Text("steps.md").ShouldBe(Text("run.md"));
        var document = JsonDocument.Parse(Text("run.json")).RootElement;
        document.GetProperty("about").GetProperty("loadTest").GetString().ShouldBe("loadtest.cs");
        document.GetProperty("aggregated").GetProperty("requests").GetInt64().ShouldBe(30_000);
        document.GetProperty("verdict").GetProperty("text").GetString().ShouldBe("PASSED: 30,000 requests, none failed.");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_stops_the_run_before_it_starts()
    {
        (int code, string error) = await Execute("--junit loadtest.cs/junit.xml");

        code.ShouldBe(ExitCodes.BadConfiguration);
        error.ShouldStartWith($"onrush: --junit: {Path.Combine(_folder.Path, "loadtest.cs/junit.xml")} cannot be written: ");
        error.Count(c => c == '\n').ShouldBe(1);
        _started.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, ExitCodes.ResultsMissing)]
    [InlineData(false, ExitCodes.Failed)]
    public async Task Trouble_at_the_end_is_a_line_and_an_exit_code_of_its_own_where_the_run_passed(bool good, int expected)
    {
        _whileRunning = () =>
        {
            _run.Snapshot = good ? Samples.Good() : Samples.Bad();
            Directory.CreateDirectory(Path.Combine(_folder.Path, "run.json"));
        };

        (int code, string error) = await Execute("--json-file run.json --markdown run.md");

        code.ShouldBe(expected);
        error.ShouldContain("onrush: --json-file: ");
        Text("run.md").ShouldNotBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder.Path, name));

    private async Task<(int Code, string Error)> Execute(string line, params (string Name, string Value)[] variables)
    {
        using StringWriter output = new(), error = new() { NewLine = "\n" };
        Dictionary<string, string> environment = variables.ToDictionary(v => v.Name, v => v.Value);
        environment["ONRUSH_CACHE"] = Path.Combine(_folder.Path, "cache");
        CommandHost host = new() { Output = output, Error = error, Directory = _folder.Path, Home = _folder.Path, Environment = environment };
        int code = await Application.ExecuteAsync(
            ["--headless", "-L", "off", .. line.Split(' ')],
            host,
            (_, _, _) => new PreparedRun(_run, Run, () => Task.CompletedTask));
        return (code, error.ToString());
    }

    private Task Run()
    {
        _started = true;
        _whileRunning();
        return Task.CompletedTask;
    }
}
