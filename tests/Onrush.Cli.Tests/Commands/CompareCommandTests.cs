using System.Text.Json;
using Onrush.Cli.Commands;
using Onrush.Cli.Tests.Terminal;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Tests.Commands;

/// <summary>onrush compare, baseline and export on journals that are made up, request by request.</summary>
public sealed class CompareCommandTests : IDisposable
{
    private const int Seconds = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _ids = [];

    [Fact]
    public void The_same_is_no_change_and_the_table_says_so()
    {
        Keep(ms: 50);
        Keep(ms: 50);

        var (code, output, error) = Execute($"compare {_ids[0]} {_ids[1]} --fail-on p(95)>+10%");

        code.ShouldBe(0, error);
        output.ShouldMatch(@"\nGET /list +median ms +\| 5\d\.\d");
        output.ShouldEndWith("No significant change.\n");
    }

    [Fact]
    public void A_slower_target_is_worse_and_fails_the_rule()
    {
        Keep(ms: 50);
        Keep(ms: 60);

        var (code, output, _) = Execute($"compare {_ids[0]} latest --fail-on p(95)>+10% --fail-on rps<-50% --markdown out.md");

        code.ShouldBe(ExitCodes.Worse);
        output.ShouldContain("FAILED: p(95)>+10%: p95 ms of GET /list changed by +");
        output.ShouldContain(" WORSE");
        File.ReadAllText(Path.Combine(_folder.Path, "out.md")).ShouldContain("| GET /list | median ms |");
        Execute($"compare {_ids[0]} latest").Code.ShouldBe(0, "without a rule nothing fails");
    }

    [Fact]
    public void Other_users_are_no_fair_comparison()
    {
        Keep(ms: 50);
        Keep(ms: 50, users: 20);

        Execute("compare " + string.Join(' ', _ids)).Output.ShouldContain("Not a fair comparison: Another plan: users was 10 and is 20.\n");
        Execute("compare " + string.Join(' ', _ids) + " --fail-on p(95)>+10%").Code.ShouldBe(ExitCodes.NotComparable);
    }

    [Fact]
    public void The_baseline_is_the_usual_base()
    {
        Keep(ms: 50);
        Execute("compare").ShouldBe((1, "", "onrush: no baseline was named; 'onrush baseline set RUN' does\n"));

        Execute("baseline set latest").Output.ShouldBe($"Run {_ids[0]} is the baseline: onrush compare baseline latest\n");
        Keep(ms: 60);

        Execute("baseline").Output.ShouldBe(_ids[0] + "\n");
        var json = JsonDocument.Parse(Execute("compare --json").Output).RootElement;
        json.GetProperty("base").GetProperty("name").GetString().ShouldBe($"list {_ids[0]}");
        json.GetProperty("new").GetProperty("name").GetString().ShouldBe($"list {_ids[1]}");
    }

    [Fact]
    public void The_baseline_is_not_let_go()
    {
        Keep(ms: 50);
        Execute("baseline set latest");
        Keep(ms: 50);
        Keep(ms: 50);

        RunRetention.Apply(Store, 1).ShouldBe(1);

        Store.List().Select(run => run.Id).ShouldBe([_ids[2], _ids[0]], ignoreOrder: true);
    }

    [Theory]
    [InlineData("compare a b c", 104, "onrush: 'onrush compare' takes two runs")]
    [InlineData("compare latest latest --fail-on p(95)>10", 104, "onrush: --fail-on: 'p(95)>10' is not a rule such as p(95)>+10% or rps{name:/hello}<-5%")]
    [InlineData("compare latest latest --fail-on rps{name:/nothing}<-5%", 104, "onrush: --fail-on rps{name:/nothing}<-5% is about no endpoint that both runs have")]
    [InlineData("compare latest nothing", 1, "onrush: there is no run 'nothing'; 'onrush runs' lists them")]
    [InlineData("baseline get latest", 104, "onrush: 'onrush baseline' knows only 'set RUN'; without it the baseline is shown")]
    [InlineData("export latest", 104, "onrush: 'onrush export' needs to know what to write: --csv,")]
    public void What_makes_no_sense_is_said_in_a_line(string line, int code, string message)
    {
        Keep(ms: 50);

        var result = Execute(line);

        result.Error.ShouldStartWith(message);
        result.Error.Count(c => c == '\n').ShouldBe(1);
        result.Code.ShouldBe(code);
    }

    [Fact]
    public void Export_writes_what_the_run_would_have_written()
    {
        Keep(ms: 50);

        var (code, _, error) = Execute("export latest --csv out/run --csv-full-history --json-file run.json --junit junit.xml --markdown run.md");

        code.ShouldBe(0, error);
        var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "run.json"))).RootElement;
        document.GetProperty("about").GetProperty("runId").GetString().ShouldBe(_ids[0]);
        document.GetProperty("aggregated").GetProperty("requests").GetInt64().ShouldBe(Seconds * 100);
        document.GetProperty("verdict").GetProperty("text").GetString().ShouldBe("PASSED: all of it.");
        // The heading, and for each second the endpoint and the sum.
        File.ReadAllLines(Path.Combine(_folder.Path, "out/run_stats_history.csv")).Length.ShouldBe(1 + 2 * Seconds);
        File.Exists(Path.Combine(_folder.Path, "junit.xml")).ShouldBeTrue();
        File.Exists(Path.Combine(_folder.Path, "run.md")).ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private RunFolders Store => new(Path.Combine(_folder.Path, ".onrush", "runs"), TimeProvider.System);

    // Response times differ from request to request and from second to second, by a fixed pattern.
    private void Keep(double ms, int users = 10)
    {
        var kept = Store.Create("list.cs");
        _ids.Add(kept.Run.Id);
        using (var journal = new JournalWriter(kept.Journal, JournalSync.Never, TimeProvider.System, Assert.Fail))
        {
            var clock = new Clock();
            var recorder = new LoopRecorder(0, 0, clock);
            var builder = new IntervalReportBuilder("w", 1);
            var random = new Random(_ids.Count);
            journal.Planned(RunPlan.Of("list.cs", "0123456789", new RunOptions { Users = users }, ["ListUser"]));
            journal.Changed(new RunChange(clock.UnixMs, RunPhase.Running, users, 10));
            for (int second = 1; second <= Seconds; second++)
            {
                int series = recorder.Series(recorder.Scenario("default"), "GET", "/list");
                for (int i = 0; i < 100; i++)
                {
                    recorder.Started(series);
                    recorder.Finished(new RequestSample { Series = series, Status = 200, ResponseNs = (long)(ms * 1e6 * (0.9 + 0.2 * random.NextDouble())), FromDueNs = -1 });
                }
                clock.UnixMs += 1000;
                var half = recorder.Swap(second * 1_000_000_000L, 0, -1)!;
                journal.Reported(builder.Build([half], new Dictionary<string, int> { ["ListUser"] = users }, false));
                recorder.Return(half);
                journal.Shown(RunSnapshot.Empty with { TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.UnixMs) });
            }
            journal.Changed(new RunChange(clock.UnixMs, RunPhase.Stopped, 0, 10, "The run time is over."));
            journal.Shown(RunSnapshot.Empty with { TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.UnixMs) });
            journal.Judged(new RunVerdict(0, "PASSED: all of it."));
        }
        kept.Lock.Dispose();
    }

    private (int Code, string Output, string Error) Execute(string line)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        CommandHost host = new()
        {
            Output = output, Error = error, Directory = _folder.Path, Home = _folder.Path, Environment = new Dictionary<string, string>(),
        };
        int code = Application.ExecuteAsync(line.Split(' '), host, (_, _, _) => throw new InvalidOperationException("nothing is run here")).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public long UnixMs { get; set; } = 1_700_000_000_000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);
    }
}
