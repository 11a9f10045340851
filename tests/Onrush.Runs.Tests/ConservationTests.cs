using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class ConservationTests
{
    [Fact]
    public void Started_is_succeeded_failed_cancelled_and_in_flight()
    {
        var worker = new FakeWorker();
        worker.Requests(5).Requests(2, outcome: Outcome.Reset).Requests(1, outcome: Outcome.Cancelled);
        int open = worker.Begin();
        var state = Fold.Of(worker.Report());
        state.At(1).Conservation.Errors.ShouldBeEmpty();
        worker.End(open);
        state.Apply(worker.Report());
        state.Stopped(2).At(2).Conservation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void An_engine_that_counts_differently_is_found_at_once()
    {
        var worker = new FakeWorker { Miscounted = 1 };
        var conservation = Fold.Of(worker.Requests(3).Report()).At(1).Conservation;
        conservation.Holds.ShouldBeFalse();
        conservation.Errors.Single().ShouldBe("Worker w1: 0 requests were begun and not ended, but the engine has 1 in flight.");
    }

    [Fact]
    public void A_request_that_never_ended_is_found_at_the_end()
    {
        var worker = new FakeWorker();
        worker.Begin("/lost");
        var state = Fold.Of(worker.Requests(3).Report());
        state.At(1).Conservation.Holds.ShouldBeTrue();
        state.Stopped(1).At(1).Conservation.Errors.Single().ShouldBe("GET /lost: 1 requests were begun, 0 are accounted for.");
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void What_was_under_way_on_a_lost_worker_is_told_and_no_error(bool isLost, int errors)
    {
        var worker = new FakeWorker();
        worker.Begin("/lost");
        var state = Fold.Of(worker.Requests(3).Report());
        state.Apply([new WorkerStanding("w1", isLost ? WorkerCondition.Lost : WorkerCondition.Done)]);
        var run = state.Stopped(1).At(1);
        run.Conservation.Errors.Count.ShouldBe(errors);
        run.Warnings.Any(w => w == "1 request was under way on workers that were lost: how they ended is not known.").ShouldBe(isLost);
    }

    [Fact]
    public void One_that_is_missing_on_another_worker_is_found_although_one_was_lost()
    {
        FakeWorker lost = new("w1"), other = new("w2");
        lost.Begin("/lost");
        other.Begin("/other");
        var state = Fold.Of(lost.Report(), other.Report());
        state.Apply([new WorkerStanding("w1", WorkerCondition.Lost)]);
        state.Stopped(1).At(1).Conservation.Errors.ShouldContain("GET /other: 1 requests were begun, 0 are accounted for.");
    }

    [Fact]
    public void A_request_that_ended_twice_is_found_at_once()
    {
        var worker = new FakeWorker { Miscounted = 1 };
        int series = worker.Begin("/twice");
        worker.End(series);
        worker.End(series);
        Fold.Of(worker.Report()).At(1).Conservation.Errors.ShouldContain("GET /twice: 1 requests were begun, 2 are accounted for.");
    }

    [Fact]
    public void While_a_report_is_missing_nothing_is_accused_and_at_the_end_it_is_named()
    {
        var worker = new FakeWorker();
        int open = worker.Begin();
        var first = worker.Report();
        worker.End(open);
        var second = worker.Report();
        var state = Fold.Of(second);
        state.At(2).Conservation.Errors.ShouldBeEmpty();
        state.Stopped(2);
        state.At(2).Conservation.Errors.ShouldContain("Worker w1: report 1 never came.");
        state.Apply(first);
        state.At(2).Conservation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Many_errors_are_cut()
    {
        var worker = new FakeWorker();
        for (int i = 0; i < 50; i++)
            worker.Begin($"/{i}");
        var errors = Fold.Of(worker.Report()).Stopped(1).At(1).Conservation.Errors;
        errors.Count.ShouldBe(21);
        errors[^1].ShouldBe("And 30 more.");
    }
}
