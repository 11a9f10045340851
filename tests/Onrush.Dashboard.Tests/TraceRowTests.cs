using Onrush.Runs;

namespace Onrush.Dashboard.Tests;

public sealed class TraceRowTests
{
    [Fact]
    public void The_slowest_of_the_run_come_first_with_their_second()
    {
        var seconds = Enumerable.Range(0, 20).Select(second => second % 2 == 0
            ? new RunSecond { StartSecond = second, LengthSeconds = 1, SlowTraces = [Trace(second, ms: second * 10), Trace(second + 100, ms: 1)] }
            : new RunSecond { StartSecond = second, LengthSeconds = 1 });
        var rows = TraceRow.Of(RunSnapshot.Empty with { Seconds = [.. seconds] });
        rows.Count.ShouldBe(10);
        rows[0].ShouldBe(new TraceRow(18, $"{18:x32}", "s", "GET", "/slow", 200, 180));
        rows.Select(row => row.ResponseMs).ShouldBe(rows.Select(row => row.ResponseMs).OrderDescending());
    }

    [Fact]
    public void A_run_without_traces_has_none() => TraceRow.Of(RunSnapshot.Empty).ShouldBeEmpty();

    private static SlowTrace Trace(int id, double ms) => new($"{id:x32}", "s", "GET", "/slow", 200, ms);
}
