using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class JournalFoldTests
{
    [Fact]
    public void A_journal_gives_the_same_picture_as_the_run_did()
    {
        var worker = new FakeWorker();
        var state = Fold.Begun();
        List<IntervalReport> reports = [];
        for (var i = 0; i < 90; i++)
        {
            worker.Requests(3, ms: 1 + i % 20, name: $"/{i % 7}");
            worker.Requests(1, outcome: Outcome.Reset, error: $"reset {i % 3}");
            worker.Recorder.UserError("U", "T", new InvalidOperationException("x"));
            worker.Recorder.Iteration(worker.Recorder.Scenario("s"), 1000, 5, false);
            worker.Busy(0.3);
            reports.Add(worker.Report());
            state.Apply(reports[^1]);
        }

        var folded = JournalFold.Read(new MemoryStream(JournalBytes.Of(JournalBytes.Run(reports))));
        var end = reports[^1].EndUnixMs;
        state.Apply(new RunChange(end, RunPhase.Stopped, 0, 5, "The run time is over."));
        folded.Snapshot().Text().ShouldBe(state.Snapshot(end).Text());
        folded.Problems.ShouldBeEmpty();
        folded.Torn.ShouldBeFalse();
        folded.Plan.ShouldNotBeNull().LoadTest.ShouldBe("coupon.cs");
        folded.Plan.Users.ShouldBe(10);
        folded.Verdict.ShouldNotBeNull().Figures.ShouldBe(new RunFigures(3, 10, 6, 0, 1.5));
        folded.Lines.Count.ShouldBe(90);
        folded.Fold.Roster.ShouldBe([new RosterChange("w1", 1, true, 2, "machine")]);
        folded.Snapshot().Targets.ShouldHaveSingleItem().Name.ShouldBe("cpu");
        folded.Fold.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void Workers_are_known_by_what_they_are_how_they_stood_and_what_they_measured()
    {
        var worker = new FakeWorker();
        worker.Busy(0.3);
        var report = worker.Requests(3).Requests(1, outcome: Outcome.Reset, error: "reset").Report();
        var now = report.EndUnixMs;
        var folded = JournalFold.Read(new MemoryStream(JournalBytes.Of(
            new ChangeEntry(now, Fold.Started),
            new RosterEntry(now, new RosterChange(report.Worker, 1, true, 4, "vm-7", "1.2.3")),
            new WorkersEntry(now, [new WorkerStanding("other", WorkerCondition.Lost), new WorkerStanding(report.Worker, WorkerCondition.Ready)]),
            new ReportEntry(now, report),
            new WorkersEntry(now, [new WorkerStanding(report.Worker, WorkerCondition.Running) { Users = 5, CpuPercent = 12.5, MemoryBytes = 99 }]),
            new RosterEntry(now, new RosterChange(report.Worker, 1, false)))));

        var workers = folded.Snapshot().Workers.ToDictionary(w => w.Worker);
        workers.Keys.ShouldBe(["other", report.Worker], ignoreOrder: true);
        workers["other"].Standing!.Condition.ShouldBe(WorkerCondition.Lost);
        var one = workers[report.Worker];
        (one.Machine, one.Version, one.Loops, one.Users, one.Requests, one.Failures).ShouldBe(("vm-7", "1.2.3", 4, 5, 4, 1));
        one.Standing.ShouldBe(new WorkerStanding(report.Worker, WorkerCondition.Running) { Users = 5, CpuPercent = 12.5, MemoryBytes = 99 });
        one.BusyPercent.ShouldBe(30, 0.5);
    }

    [Fact]
    public void Totals_that_were_begun_anew_are_so_in_the_journal_too()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        List<JournalEntry> entries = [new ChangeEntry(FakeWorker.StartUnixMs, Fold.Started)];
        for (var i = 0; i < 6; i++)
        {
            if (i == 4)
            {
                state.Apply(new StatisticsReset(FakeWorker.StartUnixMs + 4000));
                entries.Add(new ResetEntry(FakeWorker.StartUnixMs + 4000));
            }

            var report = worker.Requests(3).Report();
            state.Apply(report);
            entries.Add(new ReportEntry(report.EndUnixMs, report));
        }

        var folded = JournalFold.Read(new MemoryStream(JournalBytes.Of(entries)));
        folded.Snapshot().Text().ShouldBe(state.At(6).Text());
        folded.Snapshot().Aggregated.Requests.ShouldBe(6);
        folded.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_report_that_comes_twice_counts_once()
    {
        var entries = JournalBytes.Played(3);
        var once = JournalFold.Read(new MemoryStream(JournalBytes.Of(entries)));
        var twice = JournalFold.Read(new MemoryStream(JournalBytes.Of(entries.Concat(entries))));
        twice.Snapshot().Aggregated.Requests.ShouldBe(once.Snapshot().Aggregated.Requests);
    }

    [Fact]
    public void A_report_before_the_start_is_a_problem_and_no_crash()
    {
        var folded = JournalFold.Read(new MemoryStream(JournalBytes.Of(JournalBytes.Played(3).Where(e => e is not ChangeEntry))));
        folded.Problems.ShouldBe(["3 entries contradict the others and were not counted."]);
        folded.Snapshot().Phase.ShouldBe(RunPhase.Ready);
    }

    [Fact]
    public void A_missing_report_shows_in_the_counts()
    {
        var entries = JournalBytes.Played(6).ToList();
        entries.Remove(entries.OfType<ReportEntry>().ElementAt(2));
        JournalFold.Read(new MemoryStream(JournalBytes.Of(entries))).Snapshot().Conservation.Errors.ShouldContain(e => e.Contains("report 3 never came", StringComparison.Ordinal));
    }

    [Fact]
    public void Users_beyond_all_counting_are_not_believed()
    {
        var reports = Enumerable.Range(0, 300).Select(i => new RandomReports(i, $"w{i}").Next() with
        {
            Gauges = new IntervalGauges { UsersByClass = new Dictionary<string, int> { ["U"] = 10_000_000 } },
        });
        var folded = JournalFold.Read(new MemoryStream(JournalBytes.Of(JournalBytes.Run(reports))));
        folded.Snapshot().Users.ShouldBe(2_140_000_000);
        folded.Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void Lines_and_target_metrics_are_bounded()
    {
        var fold = new JournalFold();
        for (var i = 0; i < 10_100; i++)
            fold.Apply(new LogEntry(1, new LogLine(1, "info", "x")));
        fold.Apply(new ChangeEntry(1, new RunChange(1, RunPhase.Running, 1, 1)));
        fold.Apply(new TargetMetricsEntry(1, new TargetMetrics(1, "a", Enumerable.Range(0, 100_001).ToDictionary(i => $"{i}", i => (double)i))));
        fold.Lines.Count.ShouldBe(10_000);
        fold.LinesLeftOut.ShouldBe(100);
        fold.Snapshot().Targets.Count.ShouldBe(64);
        fold.Snapshot().Warnings.ShouldContain(warning => warning.Contains("More than 64 series", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"unixMs\":1")]
    [InlineData("{\"unixMs\":\"x\",\"phase\":\"Running\",\"targetUsers\":1,\"spawnRate\":1}")]
    [InlineData("{\"unixMs\":-1,\"phase\":\"Running\",\"targetUsers\":1,\"spawnRate\":1}")]
    [InlineData("{\"unixMs\":1,\"phase\":\"77\",\"targetUsers\":1,\"spawnRate\":1}")]
    [InlineData("{\"unixMs\":1,\"phase\":\"Running\",\"targetUsers\":1e99,\"spawnRate\":1}")]
    [InlineData("{\"unixMs\":1,\"unixMs\":1,\"phase\":\"Running\",\"targetUsers\":1,\"spawnRate\":1}")]
    public void Texts_that_make_no_sense_are_damage(string text) =>
        Should.Throw<DamagedDataException>(() => EntryText.Read(FrameType.Change, 1, System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void What_is_unknown_in_a_text_is_left_alone()
    {
        var text = "{\"exitCode\":1,\"text\":\"FAILED\",\"details\":{\"thresholds\":[1,2]},\"new\":true}"u8;
        var verdict = EntryText.Read(FrameType.Verdict, 1, text).ShouldBeOfType<VerdictEntry>().Verdict;
        verdict.Passed.ShouldBeFalse();
        verdict.Details.ShouldNotBeNull().ToJsonString().ShouldBe("{\"thresholds\":[1,2]}");
    }
}
