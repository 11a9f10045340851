using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class LoopRecorderTests
{
    private readonly ManualTime _time = new();
    private readonly LoopRecorder _recorder;
    private readonly int _scenario;
    private readonly int _series;

    public LoopRecorderTests()
    {
        _recorder = new LoopRecorder(0, 1000, _time);
        _scenario = _recorder.Scenario("browse");
        _series = _recorder.Series(_scenario, "GET", "/hello");
    }

    [Fact]
    public void A_success_goes_to_the_successes_and_all_its_phases()
    {
        Finish(Sample(Outcome.Success) with
        {
            Status = 200, ResponseNs = 100, BlockedNs = 9, DnsNs = 1, ConnectNs = 2, TlsNs = 3, SendNs = 10, WaitNs = 20, ReceiveNs = 30,
            FromDueNs = 500, GeneratorNs = 7, BytesSent = 11, BytesReceived = 22, ContentLength = 5,
        });
        var series = Swap().Series.Single();
        Max(series, RequestTime.Success).ShouldBe(100);
        Max(series, RequestTime.SuccessDuration).ShouldBe(60);
        Max(series, RequestTime.FromDue).ShouldBe(500);
        Max(series, RequestTime.Blocked).ShouldBe(9);
        Max(series, RequestTime.Dns).ShouldBe(1);
        Max(series, RequestTime.Connect).ShouldBe(2);
        Max(series, RequestTime.Tls).ShouldBe(3);
        Max(series, RequestTime.Send).ShouldBe(10);
        Max(series, RequestTime.Wait).ShouldBe(20);
        Max(series, RequestTime.Receive).ShouldBe(30);
        series.Times[(int)RequestTime.Failure].Count.ShouldBe(0);
        (series.Started, series.BytesSent, series.BytesReceived, series.ContentLength).ShouldBe((1, 11, 22, 5));
        series.Statuses.ToArray().ShouldBe([(200, 1)]);
        series.Outcomes[(int)Outcome.Success].ShouldBe(1);
    }

    [Fact]
    public void A_failure_goes_to_the_failures()
    {
        Finish(Sample(Outcome.Status) with { Status = 500, ResponseNs = 100, WaitNs = 80 });
        var series = Swap().Series.Single();
        Max(series, RequestTime.Failure).ShouldBe(100);
        Max(series, RequestTime.FailureDuration).ShouldBe(80);
        series.Times[(int)RequestTime.Success].Count.ShouldBe(0);
        series.Times[(int)RequestTime.SuccessDuration].Count.ShouldBe(0);
        series.Times[(int)RequestTime.FromDue].Count.ShouldBe(0);
        series.Times[(int)RequestTime.Dns].Count.ShouldBe(1);
        series.Statuses.ToArray().ShouldBe([(500, 1)]);
    }

    [Fact]
    public void A_cancelled_request_counts_only_as_cancelled()
    {
        Finish(Sample(Outcome.Cancelled) with { Status = 200, ResponseNs = 100, BytesReceived = 5, FromDueNs = 3 });
        var series = Swap().Series.Single();
        series.Outcomes[(int)Outcome.Cancelled].ShouldBe(1);
        series.Outcomes.Sum().ShouldBe(1);
        foreach (var histogram in series.Times)
            histogram.Count.ShouldBe(0);
        series.BytesReceived.ShouldBe(0);
        series.Statuses.ToArray().ShouldBeEmpty();
    }

    [Fact]
    public void A_response_without_status_is_in_no_status_count()
    {
        Finish(Sample(Outcome.Refused));
        Swap().Series.Single().Statuses.ToArray().ShouldBeEmpty();
    }

    [Fact]
    public void Statuses_are_counted_one_by_one_in_each_interval()
    {
        foreach (short status in new short[] { 503, 200, 404, 200, 302, 201, 200 })
            Finish(Sample(Outcome.Success) with { Status = status });
        var interval = Swap();
        interval.Series.Single().Statuses.ToArray().ShouldBe([(200, 3), (201, 1), (302, 1), (404, 1), (503, 1)]);
        _recorder.Return(interval);
        _recorder.Return(Swap());
        Finish(Sample(Outcome.Success) with { Status = 404 });
        Swap().Series.Single().Statuses.ToArray().ShouldBe([(404, 1)]);
    }

    [Fact]
    public void Iterations_users_and_loop_health_are_counted()
    {
        _recorder.Iteration(_scenario, 50, -1, false);
        _recorder.Iteration(_scenario, 70, 8, true);
        _recorder.UserStarted(true);
        _recorder.UserStarted(false);
        _recorder.UserStarted(false);
        _recorder.Turn(1000);
        _recorder.Turn(3000);
        _recorder.Canary(400);
        _recorder.GeneratorAdded(60);
        var interval = Swap();
        var iterations = interval.Scenarios.Single();
        (iterations.Name, iterations.Duration.Count, iterations.Duration.Sum, iterations.Failed).ShouldBe(("browse", 2, 120, 1));
        (iterations.Lateness.Count, iterations.Lateness.Max).ShouldBe((1, 8));
        (interval.UsersStarted, interval.UsersFailedOnStart).ShouldBe((1, 2));
        (interval.BusyNs, interval.Lag.Count, interval.Lag.Max).ShouldBe((4000, 2, 3000));
        (interval.Canary.Max, interval.GeneratorAdded.Max).ShouldBe((400, 60));
    }

    [Fact]
    public void Failures_and_exceptions_carry_the_time_of_the_wall_clock()
    {
        _time.UnixMs = 5000;
        _recorder.Failure(_series, Outcome.Reset, "closed");
        _recorder.UserError("U", "T", new InvalidOperationException("x"));
        var interval = Swap();
        interval.Errors.Groups.Single().Value.ShouldBe(new Tally(1, 5000, 5000));
        interval.Exceptions.Groups.Single().Value.ShouldBe(new Tally(1, 5000, 5000));
        interval.Key(interval.Errors.Groups.Single().Key.Series).Name.ShouldBe("/hello");
    }

    [Fact]
    public void A_swap_hands_out_the_times_and_the_next_interval_begins_where_it_ended()
    {
        var interval = _recorder.Swap(2000, 3, 1200)!;
        (interval.StartNs, interval.EndNs, interval.InFlight, interval.OldestRequestNs).ShouldBe((1000, 2000, 3, 800));
        _recorder.Return(interval);
        var next = _recorder.Swap(3500, 0, -1)!;
        (next.StartNs, next.EndNs, next.InFlight, next.OldestRequestNs).ShouldBe((2000, 3500, 0, 0));
    }

    [Fact]
    public void While_the_reader_has_the_other_half_the_interval_goes_on_and_loses_nothing()
    {
        Finish(Sample(Outcome.Success));
        var first = Swap();
        Finish(Sample(Outcome.Success));
        _recorder.Swap(3000, 0, -1).ShouldBeNull();
        Finish(Sample(Outcome.Success));
        _recorder.Return(first);
        Swap().Series.Single().Outcomes[(int)Outcome.Success].ShouldBe(2);
    }

    [Fact]
    public void A_half_comes_back_empty()
    {
        Finish(Sample(Outcome.Success) with { ResponseNs = 10, Status = 200 });
        _recorder.Failure(_series, Outcome.Reset, "closed");
        _recorder.Iteration(_scenario, 1, 1, true);
        _recorder.UserStarted(true);
        _recorder.Turn(5);
        var used = Swap();
        _recorder.Return(used);
        _recorder.Return(Swap());
        var again = Swap();
        again.ShouldBeSameAs(used);
        again.Series.ShouldBeEmpty();
        again.Errors.Groups.ShouldBeEmpty();
        again.Scenarios.ShouldAllBe(s => s.Duration.Count == 0 && s.Failed == 0);
        (again.UsersStarted, again.BusyNs, again.Lag.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void A_half_is_given_back_once()
    {
        var interval = Swap();
        _recorder.Return(interval);
        Should.Throw<InvalidOperationException>(() => _recorder.Return(interval));
    }

    [Fact]
    public void Names_past_the_limit_are_reported()
    {
        var recorder = new LoopRecorder(0, 0, _time, new RecorderLimits { Names = 2 });
        int scenario = recorder.Scenario("s");
        for (int i = 0; i < 5; i++)
            recorder.Started(recorder.Series(scenario, "GET", $"/{i}"));
        var interval = recorder.Swap(1, 5, 0)!;
        interval.DroppedNames.ShouldBe(3);
        interval.Series.Single(s => s.Key.Name == SeriesKey.OtherName).Started.ShouldBe(3);
    }

    [Fact]
    public void A_series_that_appears_late_is_recorded_in_both_halves()
    {
        for (int i = 0; i < 100; i++)
            _recorder.Started(_recorder.Series(_scenario, "GET", $"/{i}"));
        _recorder.Return(Swap());
        for (int i = 0; i < 100; i++)
            _recorder.Started(_recorder.Series(_scenario, "GET", $"/{i}"));
        Swap().Series.Count().ShouldBe(100);
    }

    private RequestSample Sample(Outcome outcome) => new() { Series = _series, Outcome = outcome, FromDueNs = -1 };

    private void Finish(RequestSample sample)
    {
        _recorder.Started(sample.Series);
        _recorder.Finished(sample);
    }

    private LoopInterval Swap() => _recorder.Swap(2000, 0, -1).ShouldNotBeNull();

    private static long Max(SeriesCounters series, RequestTime time) => series.Times[(int)time].Max;
}
