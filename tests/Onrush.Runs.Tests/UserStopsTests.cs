namespace Onrush.Runs.Tests;

public sealed class UserStopsTests
{
    [Fact]
    public void Reasons_are_added_up_over_workers_and_time()
    {
        var (first, second) = (new FakeWorker("w1"), new FakeWorker("w2"));
        var scenario = first.Recorder.Scenario("peak");
        first.Recorder.UserStopped(scenario, "Buyer", "used up");
        first.Recorder.UserStopped(scenario, "Buyer", "used up");
        var early = first.Report();
        first.Recorder.UserStopped(scenario, "Buyer", "used up");
        second.Recorder.UserStopped(second.Recorder.Scenario("other"), "Looker", "tired");

        var run = Fold.Of(early, first.Report(), second.Report()).At(3);

        run.UserStops.ShouldBe([new UserStopRow("Buyer", "used up", 3), new UserStopRow("Looker", "tired", 1)]);
        run.Exceptions.ShouldBeEmpty();
    }

    [Fact]
    public void Different_reasons_are_bounded()
    {
        var worker = new FakeWorker();
        List<Measurement.IntervalReport> reports = [];
        for (var i = 0; i < 150; i++)
        {
            worker.Recorder.UserStopped(worker.Recorder.Scenario("s"), "Buyer", $"reason {i}");
            if (i % 50 == 49)
                reports.Add(worker.Report());
        }

        var run = Fold.Of([.. reports]).At(4);

        run.UserStops.Count.ShouldBe(101);
        run.UserStops.Sum(stop => stop.Count).ShouldBe(150);
        run.UserStops[0].ShouldBe(new UserStopRow("", "(other reasons)", 50));
    }
}
