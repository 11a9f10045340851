using Onrush.Measurement;

namespace Onrush.Runs.Tests.Metrics;

public sealed class ReportedRowsTests
{
    private readonly FakeWorker _worker = new();

    [Fact]
    public void Checks_are_rows_by_scenario_group_and_name_whatever_their_other_tags()
    {
        var recorder = _worker.Recorder;
        int one = recorder.Scenario("one"), two = recorder.Scenario("two");
        int login = recorder.Tags.Enter(TagTable.None, "login");
        int tagged = recorder.Tags.With(login, "page", "home");
        recorder.Check(two, TagTable.None, "b", true);
        recorder.Check(one, login, "a", true);
        recorder.Check(one, tagged, "a", false);
        recorder.Check(one, TagTable.None, "a", true);
        var snapshot = Fold.Of(_worker.Report()).At(1);
        snapshot.Checks.ShouldBe([new("one", "", "a", 1, 0), new("one", "::login", "a", 1, 1), new("two", "", "b", 1, 0)]);
        snapshot.Checks[1].PassRatio.ShouldBe(0.5);
    }

    [Fact]
    public void Metrics_are_rows_over_all_scenarios_and_tags()
    {
        var recorder = _worker.Recorder;
        int home = recorder.Tags.With(TagTable.None, "page", "home");
        recorder.Report(Fold.Orders, recorder.Scenario("one"), home, 2);
        recorder.Report(Fold.Orders, recorder.Scenario("two"), TagTable.None, 4);
        recorder.Report(Fold.Wait, recorder.Scenario("one"), home, 5);
        recorder.Report(Fold.Hits, recorder.Scenario("one"), home, 1);
        recorder.Report(MetricInfo.GroupDuration, recorder.Scenario("one"), recorder.Tags.Enter(home, "login"), 9);
        var snapshot = Fold.Of(_worker.Report(2)).At(2);
        snapshot.Metrics.Select(m => (m.Name, m.Kind, m.Count, m.Sum, m.Rate)).ShouldBe(
        [
            ("hits", MetricKind.Rate, 1, 1, 1), ("orders", MetricKind.Counter, 2, 6, 3), ("wait", MetricKind.Trend, 1, 5, 5),
        ]);
        snapshot.Metrics[2].Percentiles.ShouldBe(ResponseTimes.Ranks.Select(_ => 5.0));
        snapshot.Groups.Single().Name.ShouldBe("::login");
        snapshot.Groups.Single().Average.ShouldBe(9);
    }

    [Fact]
    public void Requests_with_different_tags_are_one_row_and_the_sum_is_right_from_the_second_on()
    {
        var recorder = _worker.Recorder;
        int scenario = recorder.Scenario("s");
        var state = Fold.Begun();
        for (int i = 0; i < 3; i++)
        {
            int series = recorder.Series(scenario, "GET", "/a", i == 0 ? TagTable.None : recorder.Tags.With(TagTable.None, "page", $"{i}"));
            for (int n = 0; n <= i; n++)
            {
                recorder.Started(series);
                recorder.Finished(new RequestSample
                {
                    Series = series, Outcome = n == 0 ? Outcome.Status : Outcome.Success, Status = 200, ResponseNs = (i + 1) * FakeWorker.Millisecond, FromDueNs = -1, BytesSent = 10,
                });
                if (n == 0)
                    recorder.Failure(series, Outcome.Status, "bad");
            }

            state.Apply(_worker.Report());
        }

        var snapshot = state.At(3);
        var row = snapshot.Series.Single();
        (row.Name, row.Requests, row.Failures, row.Started, row.BytesSent).ShouldBe(("/a", 6, 3, 6, 60));
        (row.All.Count, row.All.MinMs, row.All.MaxMs).ShouldBe((6, 1, 3));
        (row.Successes.Count, row.Failed.Count).ShouldBe((3, 3));
        row.Statuses.ShouldBe([new StatusCount(200, 6)]);
        row.CurrentRps.ShouldBe(3);
        snapshot.Aggregated.Requests.ShouldBe(6);
        snapshot.Failures.Single().Occurrences.ShouldBe(3);
        snapshot.Conservation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Tags_past_the_limit_are_counted_together_and_named_in_a_warning()
    {
        var recorder = _worker.Recorder;
        int scenario = recorder.Scenario("s");
        for (int i = 0; i < 10; i++)
        {
            int tags = recorder.Tags.With(TagTable.None, "id", $"{i}");
            recorder.Report(Fold.Orders, scenario, tags, 1);
            int series = recorder.Series(scenario, "GET", "/a", tags);
            recorder.Started(series);
            recorder.Finished(new RequestSample { Series = series, ResponseNs = 1, FromDueNs = -1 });
        }

        var state = Fold.Begun(new RunStateLimits { TaggedSeries = 4, MetricSeries = 3 });
        state.Apply(_worker.Report());
        var snapshot = state.At(1);
        snapshot.Series.Single().Requests.ShouldBe(10);
        snapshot.Metrics.Single().Sum.ShouldBe(10);
        state.Reported.All.Count.ShouldBe(4);
        state.Requests.Where(httpOnly: true, new MetricFilter([], new Dictionary<string, TagSet>())).Count().ShouldBe(5);
        snapshot.Warnings.ShouldBe(
        [
            "There are more than 4 combinations of request names and tags; the rest has the tag (other) instead. Use tags with few values.",
            "There are more than 3 combinations of tags for orders; the rest has the tag (other) instead. Use tags with few values.",
        ]);
    }

    [Fact]
    public void Values_outside_of_what_a_distribution_holds_stay_exact_and_are_named_in_a_warning()
    {
        var recorder = _worker.Recorder;
        recorder.Report(Fold.Wait, recorder.Scenario("s"), TagTable.None, -5);
        recorder.Report(Fold.Wait, recorder.Scenario("s"), TagTable.None, 1);
        recorder.Report(Fold.Wait, recorder.Scenario("s"), TagTable.None, 5e6);
        var snapshot = Fold.Of(_worker.Report()).At(1);
        var row = snapshot.Metrics.Single();
        (row.Min, row.Max, row.Sum, row.Percentiles[^1]).ShouldBe((-5, 5e6, 4_999_996, 5e6));
        row.Percentiles[0].ShouldBe(1, 0.004);
        snapshot.Warnings.ShouldBe(
        [
            "The trend wait has values below 0: its percentiles count them as 0.", "The trend wait has values above 4,398,047: its percentiles count them as that.",
        ]);
    }

    [Fact]
    public void What_contradicts_itself_is_not_counted_and_named_in_a_warning()
    {
        var reported = new ReportedMetrics(10);
        var key = new MetricKey("orders", MetricKind.Counter, MetricUnit.None, "s", TagSet.Empty);
        reported.Add(key, new MetricInterval(1, double.NaN, 1, 1, 1, 0, HistogramData.Empty));
        reported.Add(key, new MetricInterval(1, 4, 4, 4, 4, 0, HistogramData.Empty));
        reported.Add(key with { Kind = MetricKind.Trend }, new MetricInterval(1, 4, 4, 4, 4, 0, HistogramData.Empty));
        reported.All.Single().Value.Sum.ShouldBe(4);
        ReportedRows.Warnings(reported, new SeriesTable(new RunStateLimits()), new RunStateLimits()).ShouldBe(
            ["2 seconds of a metric contradicted themselves and were not counted."]);
    }
}
