using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class RunSnapshotTests
{
    [Fact]
    public void Before_the_start_everything_is_empty()
    {
        var snapshot = new RunState().At(0);
        (snapshot.Phase, snapshot.StartTime, snapshot.Users, snapshot.Series.Count).ShouldBe((RunPhase.Ready, null, 0, 0));
        snapshot.Aggregated.All.Percentile(0.99).ShouldBe(0);
    }

    [Fact]
    public void A_row_holds_what_was_measured()
    {
        var worker = new FakeWorker();
        var phases = new RequestSample
        {
            Status = 200, BlockedNs = 3 * FakeWorker.Millisecond, SendNs = 1 * FakeWorker.Millisecond, WaitNs = 5 * FakeWorker.Millisecond,
            ReceiveNs = 2 * FakeWorker.Millisecond, BytesSent = 100, BytesReceived = 300, ContentLength = 40,
        };
        for (int i = 0; i < 3; i++)
            worker.End(worker.Begin(), 11, more: phases);
        worker.End(worker.Begin(), 50, Outcome.Status, "HTTP 500", phases with { Status = 500 });
        worker.End(worker.Begin(), 0, Outcome.Cancelled);
        worker.Begin();
        var snapshot = Fold.Of(worker.Report()).At(1);

        var row = snapshot.Series.Single();
        (row.Scenario, row.Method, row.Name).ShouldBe(("s", "GET", "/hello"));
        (row.Started, row.Requests, row.Failures, row.Cancelled, row.InFlight).ShouldBe((6, 4, 1, 1, 1));
        row.FailureRatio.ShouldBe(0.25);
        row.All.Count.ShouldBe(4);
        row.All.MinMs.ShouldBe(11);
        row.All.MaxMs.ShouldBe(50);
        row.All.AverageMs.ShouldBe(20.75);
        row.All.MedianMs.ShouldBe(11, 11 * 0.008);
        row.All.Percentile(1).ShouldBe(50);
        row.Successes.MaxMs.ShouldBe(11);
        row.Failed.MinMs.ShouldBe(50);
        row.Duration.MaxMs.ShouldBe(8);
        row.Phases.Blocked.MaxMs.ShouldBe(3);
        row.Phases.Wait.MaxMs.ShouldBe(5);
        row.Phases.Dns.MaxMs.ShouldBe(0);
        row.Phases.Dns.Count.ShouldBe(4);
        row.FromDue.ShouldBeNull();
        (row.BytesSent, row.BytesReceived, row.AverageContentLength).ShouldBe((400, 1200, 40));
        row.Statuses.ShouldBe([new StatusCount(200, 3), new StatusCount(500, 1)]);
        row.Outcomes.ShouldBe([new(Outcome.Success, 3), new(Outcome.Status, 1), new(Outcome.Cancelled, 1)]);
        snapshot.Aggregated.Name.ShouldBe(RunSnapshot.AggregatedName);
        snapshot.Aggregated.Requests.ShouldBe(4);
        (snapshot.InFlight, snapshot.Conservation.Holds).ShouldBe((1, true));
    }

    [Fact]
    public void Times_from_the_due_start_are_shown_where_iterations_were_scheduled()
    {
        var worker = new FakeWorker();
        worker.End(worker.Begin(), 3, more: new RequestSample { FromDueNs = 4700 * FakeWorker.Millisecond });
        var row = Fold.Of(worker.Report()).At(1).Series.Single();
        row.All.MaxMs.ShouldBe(3);
        row.FromDue.ShouldNotBeNull().MaxMs.ShouldBe(4700);
    }

    [Fact]
    public void Rows_are_sorted_by_name_then_method()
    {
        var worker = new FakeWorker();
        foreach (var (method, name) in new[] { ("POST", "/b"), ("GET", "/b"), ("GET", "/a") })
            worker.End(worker.Begin(name, method));
        var state = Fold.Of(worker.Report());
        state.At(1).Series.Select(s => $"{s.Method} {s.Name}").ShouldBe(["GET /a", "GET /b", "POST /b"]);
        worker.End(worker.Begin("/0"));
        state.Apply(worker.Report());
        state.At(2).Series[0].Name.ShouldBe("/0");
    }

    [Fact]
    public void Failures_are_grouped_and_sorted_by_frequency()
    {
        var worker = new FakeWorker();
        worker.Requests(1, outcome: Outcome.Reset, error: "closed").Requests(3, outcome: Outcome.Check, error: "wrong body");
        var first = worker.Report();
        var second = worker.Requests(1, outcome: Outcome.Check, error: "wrong body").Report();
        var failures = Fold.Of(first, second).At(2).Failures;
        failures.Select(f => (f.Outcome, f.Message, f.Occurrences)).ShouldBe([(Outcome.Check, "wrong body", 4), (Outcome.Reset, "closed", 1)]);
        (failures[0].LastSeen - failures[0].FirstSeen).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Exceptions_name_the_workers_they_happened_on()
    {
        var (a, b) = (new FakeWorker("a"), new FakeWorker("b"));
        var exception = new InvalidOperationException("no coupon");
        a.Recorder.UserError("CouponUser", "Call", exception);
        b.Recorder.UserError("CouponUser", "Call", exception);
        b.Recorder.UserError("CouponUser", "Call", exception);
        var row = Fold.Of(a.Report(), b.Report()).At(1).Exceptions.Single();
        (row.UserClass, row.Task, row.Type, row.Message, row.Count).ShouldBe(
            ("CouponUser", "Call", "System.InvalidOperationException", "no coupon", 3));
        row.Workers.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Iterations_are_shown_by_scenario_with_their_lateness()
    {
        var worker = new FakeWorker();
        worker.Recorder.Iteration(worker.Recorder.Scenario("closed"), 5 * FakeWorker.Millisecond, -1, true);
        worker.Recorder.Iteration(worker.Recorder.Scenario("arrivals"), 5 * FakeWorker.Millisecond, 2 * FakeWorker.Millisecond, false);
        var snapshot = Fold.Of(worker.Report()).At(1);
        snapshot.Iterations.Select(i => (i.Scenario, i.Count, i.Failed)).ShouldBe([("arrivals", 1, 0), ("closed", 1, 1)]);
        snapshot.Iterations[0].Lateness.ShouldNotBeNull().MaxMs.ShouldBe(2);
        snapshot.Iterations[1].Lateness.ShouldBeNull();
        (snapshot.AllIterations.Count, snapshot.AllIterations.Failed).ShouldBe((2, 1));
    }

    [Fact]
    public void Names_past_the_limit_are_counted_as_other_and_warned_about_once()
    {
        var worker = new FakeWorker();
        for (int i = 0; i < 8; i++)
            worker.Requests(1, name: $"/{i}", outcome: Outcome.Check, error: "bad");
        var state = Fold.Begun(new RunStateLimits { Series = 5 });
        state.Apply(worker.Report());
        state.Stopped(1);
        var snapshot = state.At(1);
        snapshot.Series.Count.ShouldBe(6);
        snapshot.Series.Single(s => s.Name == "(other)").Requests.ShouldBe(3);
        snapshot.Failures.Single(f => f.Name == "(other)").Occurrences.ShouldBe(3);
        snapshot.Warnings.Count.ShouldBe(1);
        snapshot.Conservation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Failure_texts_past_the_limit_are_counted_together()
    {
        var worker = new FakeWorker();
        for (int i = 0; i < 8; i++)
            worker.Requests(1, outcome: Outcome.Check, error: $"error {i}");
        var state = Fold.Begun(new RunStateLimits { Failures = 5 });
        state.Apply(worker.Report());
        var failures = state.At(1).Failures;
        failures.Count.ShouldBe(6);
        failures[0].Message.ShouldBe("(other errors)");
        failures.Sum(f => f.Occurrences).ShouldBe(8);
    }

    [Fact]
    public void Only_percentiles_that_are_kept_can_be_asked_for() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ResponseTimes.None.Percentile(0.42));
}
