using System.Reflection;
using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class EntryTextTests
{
    private static readonly ScenarioFacts Scenario = new("peak", "ConstantArrivalRate")
    {
        Iterations = 100,
        LengthMs = 60_000,
        TargetUsers = 50,
        StartUnixMs = FakeWorker.StartUnixMs,
        EndUnixMs = FakeWorker.StartUnixMs + 60_000,
        WarmUp = true,
        Tags = TagSet.Of([new("team", "a"), new("part", "b")]),
    };

    [Fact]
    public void A_change_comes_back_with_its_scenarios()
    {
        var change = new RunChange(FakeWorker.StartUnixMs, RunPhase.Spawning, 50, 2.5, "because") { Scenarios = [Scenario, new ScenarioFacts("browse", "")] };
        ShouldHaveAllSet(Scenario);
        ShouldHaveAllSet(change);
        var read = Read(new ChangeEntry(1, change)).ShouldBeOfType<ChangeEntry>().Change;
        read.Scenarios.ShouldBe(change.Scenarios);
        (read with { Scenarios = null }).ShouldBe(change with { Scenarios = null });
    }

    [Fact]
    public void Rules_come_back_with_the_picture_they_were_in()
    {
        var rule = new RuleRow(RuleKind.Threshold, "http_req_duration{name:a}", "p(95)<500", true) { Value = 12.5, Found = "p(95)=12.5 ms", AbortOnFail = true };
        Read(new ShownEntry(7, [rule, rule with { Passed = null, Value = null }])).ShouldBeOfType<ShownEntry>().Rules
            .ShouldBe([rule, rule with { Passed = null, Value = null }]);
        Read(new ShownEntry(7)).ShouldBeOfType<ShownEntry>().Rules.ShouldBeNull();
    }

    [Fact]
    public void Other_entries_come_back()
    {
        ShouldComeBack(new RosterEntry(7, new RosterChange("w", 2, true, 4, "machine", "1.2.3", 75)));
        ShouldComeBack(new LogEntry(7, new LogLine(7, "warning", "größer\n\"")));
        ShouldComeBack(new VerdictEntry(7, new RunVerdict(3, "FAILED", new RunFigures(1.5, 2, 3, 4, 5.5))));
        ShouldComeBack(new ResetEntry(7));
        var metrics = new TargetMetrics(7, "prometheus up", new Dictionary<string, double> { ["CPU"] = 1.5, ["멈춤"] = double.NaN }) { Units = new Dictionary<string, string> { ["CPU"] = "%" } };
        var read = Read(new TargetMetricsEntry(7, metrics)).ShouldBeOfType<TargetMetricsEntry>().Metrics;
        (read.UnixMs, read.Source).ShouldBe((metrics.UnixMs, metrics.Source));
        read.Values.ShouldBe(metrics.Values);
        read.Units.ShouldBe(metrics.Units);

        static void ShouldComeBack(JournalEntry entry)
        {
            ShouldHaveAllSet(entry.GetType().GetProperties()[0].GetValue(entry)!);
            Read(entry).ShouldBe(entry);
        }
    }

    [Fact]
    public void How_workers_stood_comes_back()
    {
        var standing = new WorkerStanding("w", WorkerCondition.Late)
        {
            Users = 3, CpuPercent = 153.4, Cores = 2.5, MemoryBytes = 123_456_789, ClockOffsetNs = -42, ReportsWaiting = 7,
        };
        ShouldHaveAllSet(standing);
        var entry = new WorkersEntry(7, [standing, .. Enum.GetValues<WorkerCondition>().Select(condition => new WorkerStanding($"{condition}", condition))]);
        Read(entry).ShouldBeOfType<WorkersEntry>().Standings.ShouldBe(entry.Standings);
    }

    private static JournalEntry? Read(JournalEntry entry)
    {
        var reader = new JournalReader(new MemoryStream(JournalBytes.Of(entry)));
        return reader.Next();
    }

    // What is new in a record and is not given here is likely to be forgotten elsewhere, too.
    private static void ShouldHaveAllSet(object value)
    {
        if (value is long)
            return;
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.Name is not "Details"))
        {
            var one = property.GetValue(value);
            one.ShouldNotBe(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null, property.Name);
        }
    }
}
