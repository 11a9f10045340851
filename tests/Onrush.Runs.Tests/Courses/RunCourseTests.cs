namespace Onrush.Runs.Tests.Courses;

public sealed class RunCourseTests
{
    private const int Hour = 3600;

    private static readonly EndpointKey Hello = new("s", "GET", "/hello");

    [Fact]
    public void Its_points_are_those_of_the_run_and_lose_nothing()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        worker.Play(state, 7 * Hour);
        var seconds = state.At(7 * Hour).Seconds;
        var points = state.Course.Points(Hello)!;
        points.Select(p => p.Start).ShouldBe(seconds.Select(s => s.StartSecond));
        points.Select(p => (long)p.Requests).ShouldBe(seconds.Select(s => s.Requests));
        // Points of several seconds have the percentiles of their requests, not of their seconds' percentiles.
        for (int i = 0; i < points.Count; i++)
        {
            ((double)points[i].P50Ms).ShouldBe(seconds[i].Times.MedianMs, 0.001);
            ((double)points[i].P99Ms).ShouldBe(seconds[i].Times.Percentile(0.99), 0.001);
        }
    }

    [Fact]
    public void On_a_run_of_days_its_points_stay_bounded_and_aligned()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        for (int i = 0; i < 3 * 24 * 60; i++)
            state.Apply(worker.Requests(3).Report(60));
        var seconds = state.At(3 * 24 * Hour).Seconds;
        var points = state.Course.Points(Hello)!;
        points.Count.ShouldBeLessThan(8000);
        points.Sum(p => (long)p.Requests).ShouldBe(seconds.Sum(s => s.Requests));
        points.Select(p => p.Start).ShouldBeSubsetOf(seconds.Select(s => s.StartSecond));
    }

    [Fact]
    public void A_report_that_comes_late_still_counts()
    {
        var (state, early, late) = (Fold.Begun(), new FakeWorker("a"), new FakeWorker("b"));
        var delayed = late.Requests(5, ms: 100).Report();
        var tooLate = late.Requests(7, ms: 100).Report();
        for (int i = 0; i < 5; i++)
            state.Apply(early.Requests(5, ms: 1).Report());
        state.Apply(delayed);
        for (int i = 0; i < 100; i++)
            state.Apply(early.Requests(5, ms: 1).Report());
        state.Apply(tooLate);
        var points = state.Course.Points(Hello)!;
        (points[0].Requests, points[1].Requests).ShouldBe((10, 12));
        points[0].P95Ms.ShouldBe(100, 1);
    }

    [Fact]
    public void Failures_and_endpoints_are_told_apart()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        state.Apply(worker.Requests(3).Requests(2, name: "/buy", outcome: Measurement.Outcome.Status, error: "500").Report());
        state.Course.Endpoints.Count.ShouldBe(2);
        state.Course.Points(new EndpointKey("s", "GET", "/buy"))!.Single().Failures.ShouldBe(2);
        state.Course.Points(Hello)!.Single().Failures.ShouldBe(0);
        state.Course.Points(new EndpointKey("s", "POST", "/buy")).ShouldBeNull();
        state.Course.At(0).Count.ShouldBe(2);
        state.Course.At(1).ShouldBeEmpty();
    }

    [Fact]
    public void The_number_of_endpoints_is_bounded()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        for (int i = 0; i < 700; i++)
            worker.Requests(1, name: $"/{i}");
        state.Apply(worker.Report());
        state.Course.Endpoints.Count.ShouldBe(500);
        state.At(1).Series.Count.ShouldBe(700);
    }

    [Fact]
    public void What_was_decided_is_marked()
    {
        var state = Fold.Begun();
        state.Apply(new RunChange(FakeWorker.StartUnixMs + 2500, RunPhase.Running, 2000, 50));
        state.Stopped(9);
        state.Course.Marks.ShouldBe([new RunMark(2.5, RunMarkKind.Users, "2,000 users at 50/s")]);
        var stopping = Fold.Begun();
        stopping.Apply(new RunChange(FakeWorker.StartUnixMs + 1000, RunPhase.Stopping, 0, 5, "enough"));
        stopping.Course.Marks.ShouldBe([new RunMark(1, RunMarkKind.Stop, "enough")]);
    }
}
