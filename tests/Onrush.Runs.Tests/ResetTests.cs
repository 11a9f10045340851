using Onrush.Measurement;

namespace Onrush.Runs.Tests;

/// <summary>Beginning the totals anew: what counts from there on, what goes on, and that every request stays accounted for.</summary>
public sealed class ResetTests
{
    [Fact]
    public void Totals_count_from_the_reset_and_the_course_goes_on()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        for (int i = 0; i < 4; i++)
            state.Apply(worker.Requests(10).Requests(1, name: "/bad", outcome: Outcome.Status, error: "500").Report());
        state.Apply(new StatisticsReset(FakeWorker.StartUnixMs + 4000));
        var empty = state.At(4);
        (empty.Aggregated.Requests, empty.Failures.Count, empty.Series.Count, empty.Seconds.Count).ShouldBe((0, 0, 0, 4));

        for (int i = 0; i < 2; i++)
            state.Apply(worker.Requests(6).Report());
        var run = state.At(6);
        (run.Aggregated.Requests, run.Aggregated.TotalRps, run.Aggregated.CurrentRps).ShouldBe((12, 6, 6));
        run.RunTime.ShouldBe(TimeSpan.FromSeconds(6));
        run.Seconds.Sum(s => s.Requests).ShouldBe(56);
        run.Conservation.Errors.ShouldBeEmpty();
        state.Course.Marks.Single().ShouldBe(new RunMark(4, RunMarkKind.Reset, "statistics begin anew"));
    }

    [Fact]
    public void Requests_in_flight_at_the_reset_stay_accounted_for()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        int hello = worker.Begin();
        int buy = worker.Begin("/buy");
        state.Apply(worker.Report());
        state.Apply(new StatisticsReset(FakeWorker.StartUnixMs + 1000));
        state.At(1).Conservation.Errors.ShouldBeEmpty();
        state.At(1).Aggregated.InFlight.ShouldBe(2);
        worker.End(hello);
        state.Apply(worker.Report());
        state.At(2).Conservation.Errors.ShouldBeEmpty();
        worker.End(buy, outcome: Outcome.Cancelled);
        state.Apply(worker.Report());
        var end = state.Stopped(3).At(3);
        end.Conservation.Errors.ShouldBeEmpty();
        (end.Aggregated.Started, end.Aggregated.Requests, end.Aggregated.Cancelled, end.Aggregated.InFlight).ShouldBe((2, 1, 1, 0));
    }

    [Fact]
    public void Before_the_start_it_does_nothing()
    {
        var state = new RunState();
        state.Apply(new StatisticsReset(FakeWorker.StartUnixMs));
        state.Apply(Fold.Started);
        state.Apply(new FakeWorker().Requests(2).Report());
        state.At(1).Aggregated.Requests.ShouldBe(2);
    }
}
