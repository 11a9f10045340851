using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class IntervalReportBuilderTests
{
    private const long Second = 1_000_000_000;

    private readonly ManualTime _time = new() { UnixMs = 1_000_000 };
    private readonly LoopRecorder _one;
    private readonly LoopRecorder _two;
    private readonly IntervalReportBuilder _builder = new("w", 3);

    public IntervalReportBuilderTests()
    {
        _one = new LoopRecorder(0, 0, _time);
        _two = new LoopRecorder(1, 0, _time);
    }

    [Fact]
    public void Loops_add_up_and_keep_their_own_health()
    {
        Request(_one, "/a");
        Request(_one, "/b");
        Request(_two, "/a");
        _one.Turn(Second / 2);
        _two.Turn(Second / 4);
        var report = Build(Second, (_one, 2, Second / 2), (_two, 3, Second / 4));
        (report.Worker, report.Incarnation, report.FirstSequence, report.LastSequence).ShouldBe(("w", 3, 1, 1));
        report.Totals.Series[new SeriesKey("s", "GET", "/a")].Succeeded.ShouldBe(2);
        report.Totals.Series[new SeriesKey("s", "GET", "/b")].Succeeded.ShouldBe(1);
        report.Totals.Loops[0].Busy.ShouldBe(0.5);
        report.Totals.Loops[1].Busy.ShouldBe(0.25);
        report.Gauges.InFlight.ShouldBe(5);
        report.Gauges.OldestRequestNs.ShouldBe(Second * 3 / 4);
        report.Gauges.Users.ShouldBe(7);
        report.Gauges.Spawning.ShouldBeTrue();
    }

    [Fact]
    public void Reports_follow_each_other_without_a_gap_whatever_the_wall_clock_does()
    {
        var first = Build(Second, (_one, 0, -1));
        _time.UnixMs += 3_600_000;
        var second = Build(Second * 5 / 2, (_one, 0, -1));
        (first.StartUnixMs, first.DurationNs).ShouldBe((1_000_000, Second));
        (second.StartUnixMs, second.DurationNs).ShouldBe((1_001_000, Second * 3 / 2));
        second.FirstSequence.ShouldBe(2);
    }

    [Fact]
    public void A_loop_that_is_held_up_counts_with_what_it_last_had_in_flight_and_hands_in_the_rest_later()
    {
        Request(_two, "/a");
        Build(Second, (_one, 1, Second), (_two, 4, Second));
        Request(_two, "/a");
        var without = Build(2 * Second, (_one, 2, Second));
        without.Gauges.InFlight.ShouldBe(6);
        without.Totals.Series.ShouldBeEmpty();
        Request(_two, "/a");
        var with = Build(3 * Second, (_one, 0, -1), (_two, 0, -1));
        with.DurationNs.ShouldBe(Second);
        with.Totals.Series.Values.Single().Succeeded.ShouldBe(2);
        with.Totals.Loops[1].DurationNs.ShouldBe(2 * Second);
        with.Gauges.InFlight.ShouldBe(0);
    }

    [Fact]
    public void A_report_stays_as_it_is_when_the_halves_are_used_again()
    {
        Request(_one, "/a");
        _one.Failure(_one.Series(_one.Scenario("s"), "GET", "/a"), Outcome.Reset, "closed");
        _one.UserError("U", "T", new InvalidOperationException("x"));
        var report = Build(Second, (_one, 0, -1));
        string text = ReportText.Of(report);
        Request(_one, "/b");
        Build(2 * Second, (_one, 0, -1));
        Request(_one, "/a");
        Build(3 * Second, (_one, 0, -1));
        ReportText.Of(report).ShouldBe(text);
    }

    [Fact]
    public void A_report_needs_an_interval() =>
        Should.Throw<ArgumentException>(() => _builder.Build([], new Dictionary<string, int>(), false));

    private IntervalReport Build(long nowNs, params (LoopRecorder Recorder, int InFlight, long OldestNs)[] loops)
    {
        var halves = loops.Select(l => (l.Recorder, Half: l.Recorder.Swap(nowNs, l.InFlight, l.OldestNs)!)).ToList();
        var report = _builder.Build([.. halves.Select(h => h.Half)], new Dictionary<string, int> { ["A"] = 3, ["B"] = 4 }, true);
        foreach (var (recorder, half) in halves)
            recorder.Return(half);
        return report;
    }

    private static void Request(LoopRecorder recorder, string name)
    {
        int series = recorder.Series(recorder.Scenario("s"), "GET", name);
        recorder.Started(series);
        recorder.Finished(new RequestSample { Series = series, ResponseNs = 1000, FromDueNs = -1 });
    }
}
