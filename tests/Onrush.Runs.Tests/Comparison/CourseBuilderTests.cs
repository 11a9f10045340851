using Onrush.Measurement;
using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

public class CourseBuilderTests
{
    private static readonly Dictionary<string, string> NoPlan = [];

    [Fact]
    public void However_long_a_run_is_it_is_cut_into_few_stretches_and_nothing_is_lost()
    {
        var worker = new FakeWorker();
        var course = new CourseBuilder();
        course.Apply(Fold.Started);
        for (int second = 0; second < 5000; second++)
            course.Apply(worker.Requests(1, ms: 5).Requests(1, ms: 9, name: $"/{second % 2}").Report());

        var run = course.Build("long", NoPlan);

        run.Slots.Count.ShouldBeLessThanOrEqualTo(CourseBuilder.MostSlots);
        run.Slots.Count.ShouldBeGreaterThan(CourseBuilder.MostSlots / 2 - 1);
        run.Seconds.ShouldBe(5000, 0.001);
        run.Slots.Sum(s => s.Parts[Endpoint.All].Requests).ShouldBe(10_000);
        run.Slots.Sum(s => s.Parts[new Endpoint("s", "GET", "/1")].Requests).ShouldBe(2500);
    }

    [Fact]
    public void The_order_of_the_reports_makes_no_difference()
    {
        var worker = new FakeWorker();
        var reports = Enumerable.Range(0, 600).Select(i => worker.Requests(1 + i % 3, ms: 1 + i).Report()).ToArray();
        var shuffled = reports.ToArray();
        new Random(3).Shuffle(shuffled);

        var (one, other) = (Course(reports), Course(shuffled));

        one.Slots.Count.ShouldBe(other.Slots.Count);
        for (int i = 0; i < one.Slots.Count; i++)
            one.Slots[i].Parts[Endpoint.All].ShouldBe(other.Slots[i].Parts[Endpoint.All]);
    }

    [Fact]
    public void Ramps_and_the_end_are_left_out_where_enough_remains()
    {
        var worker = new FakeWorker { Spawning = true };
        var course = new CourseBuilder();
        course.Apply(Fold.Started);
        for (int second = 0; second < 5; second++)
            course.Apply(worker.Requests(1, ms: 500).Report());
        worker.Spawning = false;
        for (int second = 0; second < 20; second++)
            course.Apply(worker.Requests(2, ms: 5).Report());
        course.Apply(new RunChange(FakeWorker.StartUnixMs + 25_000, RunPhase.Stopping, 0, 5));
        course.Apply(worker.Requests(7, ms: 900).Report());

        var run = course.Build("run", NoPlan);

        run.ComparesRamps.ShouldBeFalse();
        run.Seconds.ShouldBe(20, 0.001);
        run.Steady.Sum(s => s.Parts[Endpoint.All].Requests).ShouldBe(40);
        run.Slots.Sum(s => s.Parts[Endpoint.All].Requests).ShouldBe(45);
    }

    [Fact]
    public void A_run_that_is_all_ramp_is_compared_as_it_is()
    {
        var worker = new FakeWorker { Spawning = true };
        var course = new CourseBuilder();
        for (int second = 0; second < 30; second++)
            course.Apply(worker.Requests(second).Report());

        var run = course.Build("run", NoPlan);

        run.ComparesRamps.ShouldBeTrue();
        run.Seconds.ShouldBe(30, 0.001);
    }

    [Fact]
    public void Seconds_of_the_generator_are_counted()
    {
        var worker = new FakeWorker();
        var course = new CourseBuilder();
        for (int second = 0; second < 10; second++)
            course.Apply(worker.Requests(10).Busy(second < 3 ? 0.95 : 0.1).Report());

        course.Build("run", NoPlan).BoundShare.ShouldBe(0.3, 0.001);
    }

    [Fact]
    public void A_broken_clock_takes_no_memory()
    {
        var course = new CourseBuilder();
        course.Apply(new RunChange(FakeWorker.StartUnixMs, RunPhase.Running, 1, 1));
        course.Apply(new FakeWorker(startMs: long.MaxValue / 4_000_000).Requests(1).Report());
        course.Apply(new FakeWorker("w2", startMs: -1_000_000).Requests(1).Report());

        course.Build("run", NoPlan).Slots.Sum(s => s.Parts[Endpoint.All].Requests).ShouldBe(2);
    }

    private static ComparedRun Course(IEnumerable<IntervalReport> reports)
    {
        var course = new CourseBuilder();
        course.Apply(Fold.Started);
        foreach (var report in reports)
            course.Apply(report);
        return course.Build("run", NoPlan);
    }
}
