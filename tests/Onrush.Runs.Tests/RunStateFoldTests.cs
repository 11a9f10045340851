using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class RunStateFoldTests
{
    [Fact]
    public void A_report_that_comes_twice_counts_once()
    {
        var report = new FakeWorker().Requests(5).Report();
        var state = Fold.Begun();
        state.Apply(report).ShouldBeTrue();
        string once = state.At(1.1).Text();
        state.Apply(report).ShouldBeFalse();
        state.At(1.1).Text().ShouldBe(once);
        state.At(1.1).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_order_of_the_reports_makes_no_difference()
    {
        var reports = Load(workers: 3, seconds: 20);
        string expected = Fold.Of(reports).Stopped(20).At(25).Text();
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var shuffled = reports.OrderBy(_ => random.Next()).ToList();
            shuffled.InsertRange(random.Next(shuffled.Count), reports.Take(random.Next(5)));
            Fold.Of(shuffled).Stopped(20).At(25).Text().ShouldBe(expected);
        }
    }

    [Fact]
    public void Reports_that_a_worker_merged_give_the_same_totals()
    {
        var reports = Load(workers: 1, seconds: 6);
        var merged = IntervalReport.Merge(IntervalReport.Merge(reports[1], reports[2]), reports[3]);
        var apart = Fold.Of(reports).Stopped(6).At(6);
        var together = Fold.Of(reports[0], merged, reports[4], reports[5]).Stopped(6).At(6);
        together.Aggregated.Requests.ShouldBe(apart.Aggregated.Requests);
        together.Aggregated.All.Percentiles.ShouldBe(apart.Aggregated.All.Percentiles);
        together.Conservation.Errors.ShouldBeEmpty();
        together.Seconds.Sum(s => s.Requests).ShouldBe(apart.Seconds.Sum(s => s.Requests));
        together.Seconds.Count.ShouldBe(6);
    }

    [Fact]
    public void A_merged_report_of_which_a_part_was_counted_is_refused_visibly()
    {
        var worker = new FakeWorker();
        var (a, b) = (worker.Requests(1).Report(), worker.Requests(1).Report());
        var state = Fold.Of(a);
        state.Apply(IntervalReport.Merge(a, b)).ShouldBeFalse();
        var snapshot = state.At(2);
        snapshot.Aggregated.Requests.ShouldBe(1);
        snapshot.Warnings.Single().ShouldContain("overlapped");
    }

    [Fact]
    public void A_restarted_worker_begins_its_numbers_anew()
    {
        var state = Fold.Of(
            new FakeWorker(incarnation: 1).Requests(3).Report(),
            new FakeWorker(incarnation: 2, startMs: 1000) { Users = 4 }.Requests(2).Report());
        var snapshot = state.At(2);
        snapshot.Aggregated.Requests.ShouldBe(5);
        snapshot.Users.ShouldBe(4);
    }

    [Fact]
    public void A_report_before_the_start_is_a_mistake()
    {
        var report = new FakeWorker().Report();
        Should.Throw<InvalidOperationException>(() => new RunState().Apply(report));
    }

    internal static List<IntervalReport> Load(int workers, int seconds)
    {
        var reports = new List<IntervalReport>();
        for (int w = 0; w < workers; w++)
        {
            var random = new Random(w);
            var worker = new FakeWorker($"w{w}", startMs: random.Next(-50, 50));
            var open = new Queue<int>();
            for (int s = 0; s < seconds; s++)
            {
                for (int i = 0; i < 30; i++)
                    open.Enqueue(worker.Begin($"/{random.Next(5)}"));
                while (open.Count > (s == seconds - 1 ? 0 : random.Next(10)))
                {
                    var outcome = (Outcome)random.Next((int)Outcome.Cancelled + 1);
                    string? error = outcome is Outcome.Success or Outcome.Cancelled ? null : $"error {random.Next(4)}";
                    worker.End(open.Dequeue(), random.NextDouble() * 500, outcome, error);
                }
                worker.Users = random.Next(100);
                worker.OldestMs = random.Next(1000);
                worker.Recorder.Iteration(worker.Recorder.Scenario("s"), random.Next(1000), random.Next(-1, 50), random.Next(2) == 0);
                worker.Recorder.UserError("U", "T", new InvalidOperationException($"{random.Next(3)}"));
                ReportMetrics(worker.Recorder, random);
                worker.Busy(random.NextDouble());
                reports.Add(worker.Report());
            }
        }
        return reports;
    }

    // Values whose sum depends on the order when it is rounded on the way.
    private static void ReportMetrics(LoopRecorder recorder, Random random)
    {
        int scenario = recorder.Scenario("s");
        for (int i = 0; i < 10; i++)
        {
            int tags = recorder.Tags.With(TagTable.None, "page", $"{random.Next(3)}");
            recorder.Check(scenario, recorder.Tags.Enter(tags, $"g{random.Next(2)}"), $"check {random.Next(3)}", random.Next(4) > 0);
            recorder.Report(Fold.Wait, scenario, tags, random.NextDouble() * 1000);
            recorder.Report(Fold.Orders, scenario, tags, random.NextDouble() * Math.Pow(10, random.Next(12)));
            recorder.Report(Fold.Queue, scenario, tags, random.Next(100));
            recorder.Report(MetricInfo.GroupDuration, scenario, recorder.Tags.Enter(tags, "g"), random.NextDouble());
            int series = recorder.Series(scenario, "GET", $"/{random.Next(3)}", tags);
            recorder.Started(series);
            recorder.Finished(new RequestSample { Series = series, ResponseNs = random.Next(1_000_000), FromDueNs = -1 });
        }
    }
}
