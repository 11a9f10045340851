using Onrush.Measurement;

namespace Onrush.Runs.Tests.Metrics;

public sealed class MetricViewTests
{
    private readonly FakeWorker _worker = new();
    private readonly RunState _state = Fold.Begun();
    private readonly MetricView _view;

    public MetricViewTests() => _view = new MetricView(
        _state,
        [ReportedMetrics.DefinitionOf("orders", MetricKind.Counter, MetricUnit.None), ReportedMetrics.DefinitionOf("hits", MetricKind.Rate, MetricUnit.None)],
        new Dictionary<string, TagSet> { ["peak"] = TagSet.Empty.With("team", "a"), ["browse"] = TagSet.Empty.With("team", "b") });

    [Fact]
    public void Names_that_load_tests_cannot_take_are_those_of_the_built_in_metrics() =>
        BuiltInMetrics.Definitions.Select(d => d.Name).Concat([StopTable.Metric, TraceTable.Metric]).Order().ShouldBe(ReservedMetrics.Names.Order());

    [Theory]
    [InlineData("http_reqs", MetricKind.Counter, MetricUnit.None)]
    [InlineData("http_req_duration", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_blocked", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_connecting", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_tls_handshaking", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_sending", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_waiting", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_receiving", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("http_req_failed", MetricKind.Rate, MetricUnit.None)]
    [InlineData("iterations", MetricKind.Counter, MetricUnit.None)]
    [InlineData("iteration_duration", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("dropped_iterations", MetricKind.Counter, MetricUnit.None)]
    [InlineData("vus", MetricKind.Gauge, MetricUnit.None)]
    [InlineData("vus_max", MetricKind.Gauge, MetricUnit.None)]
    [InlineData("checks", MetricKind.Rate, MetricUnit.None)]
    [InlineData("group_duration", MetricKind.Trend, MetricUnit.Milliseconds)]
    [InlineData("data_sent", MetricKind.Counter, MetricUnit.Bytes)]
    [InlineData("data_received", MetricKind.Counter, MetricUnit.Bytes)]
    public void The_metrics_of_k6_are_there_with_their_kinds_before_anything_happened(string name, MetricKind kind, MetricUnit unit)
    {
        var metric = _view.Find(name).ShouldNotBeNull();
        (metric.Kind, metric.Unit).ShouldBe((kind, unit));
        _view.Read(name, []).HasData.ShouldBe(kind == MetricKind.Counter, "nothing counted is a fact, nothing measured is not");
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("name=/a", 4)]
    [InlineData("name=/a,method=GET", 3)]
    [InlineData("name=/nowhere", 0)]
    [InlineData("scenario=peak", 5)]
    [InlineData("team=b", 1)]
    [InlineData("group=::login", 1)]
    [InlineData("group=", 5)]
    [InlineData("page=home", 1)]
    [InlineData("expected_response=true", 3)]
    [InlineData("expected_response=false,name=/a", 2)]
    [InlineData("status=500", 1)]
    [InlineData("status=0", 1)]
    [InlineData("status=200,name=/a,method=GET", 3)]
    public void Requests_are_counted_by_their_tags(string tags, long expected)
    {
        MixedRequests();
        _view.Read("http_reqs", Tags(tags)).Count.ShouldBe(expected);
    }

    [Fact]
    public void Failed_requests_are_a_share()
    {
        MixedRequests();
        var failed = _view.Read("http_req_failed", []);
        (failed.Passes, failed.Fails, failed.Rate).ShouldBe((3, 3, 0.5));
        _view.Read("http_req_failed", Tags("expected_response=true")).Rate.ShouldBe(0);
        _view.Read("http_req_failed", Tags("expected_response=false")).Rate.ShouldBe(1);
        _view.Read("http_req_failed", Tags("name=/nowhere")).HasData.ShouldBeFalse();
    }

    [Fact]
    public void Times_are_in_milliseconds_and_know_good_from_failed()
    {
        MixedRequests();
        var all = _view.Read("response_time", []);
        (all.Count, all.Min, all.Max, all.Sum, all.Average).ShouldBe((6, 1, 6, 21, 3.5));
        all.Median.ShouldBe(3, 0.02);
        all.Percentile(1).ShouldBe(6);
        all.Value(MetricAggregation.Percentile, 0.95).ShouldBe(6);
        _view.Read("response_time", Tags("expected_response=true")).Max.ShouldBe(6);
        _view.Read("response_time", Tags("expected_response=false")).Sum.ShouldBe(2 + 3 + 4);
        _view.Read("http_req_waiting", Tags("name=/a")).Sum.ShouldBe(4 * 0.5);
        _view.Read("http_req_duration", []).Sum.ShouldBe(6 * 0.75);
        _view.Read("http_req_from_due", []).HasData.ShouldBeFalse("nothing was scheduled");
        _view.Read("data_sent", Tags("name=/a")).Sum.ShouldBe(400);
        _view.Read("data_received", []).Rate.ShouldBe(6 * 1000 / 1.0);
    }

    [Fact]
    public void Operations_of_other_protocols_are_requests_but_no_http_requests()
    {
        var recorder = _worker.Recorder;
        int tags = recorder.Tags.With(TagTable.None, MetricTags.Protocol, MetricTags.MeasuredProtocol);
        Request(recorder.Series(recorder.Scenario("peak"), "SQL", "select", tags), 7);
        MixedRequests();
        _view.Read("http_reqs", []).Count.ShouldBe(6);
        _view.Read("http_reqs", Tags("method=SQL")).Count.ShouldBe(0);
        _view.Read("requests", []).Count.ShouldBe(7);
        _view.Read("requests", Tags("proto=other")).Count.ShouldBe(1);
        _view.Read("response_time", Tags("method=SQL")).Max.ShouldBe(7);
    }

    [Fact]
    public void Iterations_are_told_apart_by_scenario_and_its_tags()
    {
        var recorder = _worker.Recorder;
        int peak = recorder.Scenario("peak"), browse = recorder.Scenario("browse");
        recorder.Iteration(peak, 10 * FakeWorker.Millisecond, 2 * FakeWorker.Millisecond, false);
        recorder.Iteration(peak, 20 * FakeWorker.Millisecond, 0, true);
        recorder.Iteration(browse, 30 * FakeWorker.Millisecond, -1, false);
        recorder.IterationsDropped(peak, 5);
        recorder.IterationInterrupted(browse);
        _state.Apply(_worker.Report());
        _view.Read("iterations", []).Sum.ShouldBe(3);
        _view.Read("iterations", Tags("team=a")).Sum.ShouldBe(2);
        _view.Read("iteration_duration", Tags("scenario=peak")).Sum.ShouldBe(30);
        _view.Read("iteration_from_due", []).Sum.ShouldBe(32);
        _view.Read("iteration_lateness", []).Max.ShouldBe(2);
        _view.Read("iterations_failed", Tags("scenario=peak")).Rate.ShouldBe(0.5);
        _view.Read("dropped_iterations", []).Sum.ShouldBe(5);
        _view.Read("dropped_iterations", Tags("scenario=browse")).Sum.ShouldBe(0);
        _view.Read("interrupted_iterations", []).Sum.ShouldBe(1);
    }

    [Fact]
    public void Users_are_sampled_each_second_until_they_are_asked_to_leave()
    {
        _view.Read("vus", []).HasData.ShouldBeFalse();
        foreach (var users in (int[])[3, 12, 7])
        {
            _worker.Users = users;
            _state.Apply(_worker.Report());
        }

        _state.Apply(new RunChange(FakeWorker.StartUnixMs + 3100, RunPhase.Stopping, 0, 1));
        _worker.Users = 0;
        _state.Apply(_worker.Report());
        _state.Stopped(4);
        var users_ = _view.Read("vus", []);
        (users_.Last, users_.Min, users_.Max).ShouldBe((7, 3, 12));
        _view.Read("vus_max", []).Last.ShouldBe(12, "more than the target of the run");
    }

    [Fact]
    public void Rates_of_counters_are_over_what_was_folded()
    {
        _worker.Requests(30);
        _state.Apply(_worker.Report(2));
        _view.Read("http_reqs", []).Rate.ShouldBe(15);
        _state.Apply(_worker.Report(1));
        _view.Read("http_reqs", []).Rate.ShouldBe(10, "a target that answers nothing brings the rate down");
        _state.Stopped(6);
        _view.Read("http_reqs", []).Rate.ShouldBe(5);
    }

    [Fact]
    public void Totals_that_begin_anew_have_rates_from_there_on()
    {
        _worker.Recorder.Report(Fold.Orders, _worker.Recorder.Scenario("s"), TagTable.None, 5);
        _state.Apply(_worker.Requests(30).Report(2));
        _state.Apply(new StatisticsReset(FakeWorker.StartUnixMs + 2000));
        _view.Read("orders", []).Sum.ShouldBe(0);
        _state.Apply(_worker.Requests(8).Report(4));
        _view.Read("http_reqs", []).Sum.ShouldBe(8);
        _view.Read("http_reqs", []).Rate.ShouldBe(2);
    }

    [Fact]
    public void What_the_load_test_reports_is_read_by_group_scenario_and_its_own_tags()
    {
        var recorder = _worker.Recorder;
        int peak = recorder.Scenario("peak"), browse = recorder.Scenario("browse");
        int login = recorder.Tags.Enter(TagTable.None, "login"), home = recorder.Tags.With(TagTable.None, "page", "home");
        recorder.Check(peak, login, "is 200", true);
        recorder.Check(peak, login, "is 200", false);
        recorder.Check(browse, TagTable.None, "is 200", true);
        recorder.Report(MetricInfo.GroupDuration, peak, login, 12);
        recorder.Report(Fold.Orders, peak, home, 2);
        recorder.Report(Fold.Orders, browse, TagTable.None, 3);
        recorder.Report(Fold.Wait, peak, home, 10);
        recorder.Report(Fold.Wait, browse, TagTable.None, 30);
        recorder.Report(Fold.Queue, peak, TagTable.None, 8);
        recorder.Report(Fold.Queue, peak, TagTable.None, 4);
        _state.Apply(_worker.Report());

        _view.Read("checks", []).Rate.ShouldBe(2 / 3.0);
        _view.Read("checks", Tags("check=is 200,group=::login")).Rate.ShouldBe(0.5);
        _view.Read("checks", Tags("group=")).Rate.ShouldBe(1);
        _view.Read("checks", Tags("team=b")).Count.ShouldBe(1);
        _view.Read("group_duration", Tags("group=::login")).Average.ShouldBe(12);
        _view.Read("orders", []).Value(MetricAggregation.Count).ShouldBe(5);
        _view.Read("orders", Tags("page=home")).Sum.ShouldBe(2);
        _view.Read("wait", Tags("scenario=browse")).Median.ShouldBe(30);
        _view.Read("wait", []).Percentile(0.5).ShouldBe(10);
        var queue = _view.Read("queue", []);
        (queue.Min, queue.Max, queue.Count).ShouldBe((4, 8, 2));
        _view.Find("wait").ShouldNotBeNull().Kind.ShouldBe(MetricKind.Trend, "it was not declared but has a value");
        _view.Definitions.Where(d => d.Section == MetricSection.Custom).Select(d => d.Name).ShouldBe(["hits", "orders", "queue", "wait"]);
    }

    [Theory]
    [InlineData("http_req_durations", "", "there is no metric 'http_req_durations'; did you mean http_req_duration?")]
    [InlineData("http_req_waiting", "expected_response=true", "http_req_waiting cannot be filtered by the tag 'expected_response': it is kept for all requests together.")]
    [InlineData("http_req_duration", "status=200", "http_req_duration cannot be filtered by the tag 'status': it is kept for all requests together.")]
    [InlineData("http_req_duration", "url=/x", "http_req_duration cannot be filtered by the tag 'url': it can be filtered by scenario, method, name, group, expected_response and by your own tags.")]
    [InlineData("iterations", "page=home", "iterations cannot be filtered by the tag 'page': iterations are told apart by scenario and its tags only.")]
    [InlineData("vus", "scenario=peak", "vus cannot be filtered by the tag 'scenario': users are counted over all scenarios.")]
    [InlineData("vus", "team=a", "vus cannot be filtered by the tag 'team': users are counted over all scenarios.")]
    [InlineData("http_reqs", "status=ok", "http_reqs is filtered by the tag 'status' with 'ok': it is an HTTP status, or 0 for no response.")]
    [InlineData("http_reqs", "expected_response=yes", "http_reqs is filtered by the tag 'expected_response' with 'yes': it is true or false.")]
    [InlineData("http_reqs", "status=200,expected_response=true", "http_reqs can be filtered by the tag 'status' or by 'expected_response', not by both: statuses are counted for all requests together.")]
    [InlineData("http_reqs", "name=a,name=b", "http_reqs is filtered by the tag 'name' twice.")]
    public void What_cannot_be_told_exactly_is_refused_with_the_tag(string name, string tags, string expected)
    {
        _view.Objection(name, Tags(tags)).ShouldBe(expected);
        Should.Throw<ArgumentException>(() => _view.Read(name, Tags(tags))).Message.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("iterations", "team=a")]
    [InlineData("http_req_duration", "team=a,page=home,expected_response=false")]
    [InlineData("orders", "group=::a,scenario=x,anything=y")]
    public void What_can_be_told_is_not_refused(string name, string tags) => _view.Objection(name, Tags(tags)).ShouldBeNull();

    /// <summary>Six requests of 1 to 6 ms: 0.5 ms of waiting, 0.75 in all on the wire, 100 bytes there and 1,000 back.</summary>
    private void MixedRequests()
    {
        var recorder = _worker.Recorder;
        int peak = recorder.Scenario("peak"), browse = recorder.Scenario("browse");
        int login = recorder.Tags.Enter(TagTable.None, "login"), home = recorder.Tags.With(TagTable.None, "page", "home");
        Request(recorder.Series(peak, "GET", "/a"), 1);
        Request(recorder.Series(peak, "GET", "/a"), 2, Outcome.Check);
        Request(recorder.Series(peak, "POST", "/a"), 3, Outcome.Status, 500);
        Request(recorder.Series(browse, "GET", "/b"), 4, Outcome.Refused, 0);
        Request(recorder.Series(peak, "GET", "/a", login), 5);
        Request(recorder.Series(peak, "GET", "/b", home), 6);
        int cut = recorder.Series(peak, "GET", "/a");
        recorder.Started(cut);
        recorder.Finished(new RequestSample { Series = cut, Outcome = Outcome.Cancelled, FromDueNs = -1 });
        _state.Apply(_worker.Report());
    }

    private void Request(int series, double ms, Outcome outcome = Outcome.Success, short status = 200)
    {
        _worker.Recorder.Started(series);
        _worker.Recorder.Finished(new RequestSample
        {
            Series = series,
            Outcome = outcome,
            Status = status,
            ResponseNs = (long)(ms * FakeWorker.Millisecond),
            SendNs = 150_000,
            WaitNs = 500_000,
            ReceiveNs = 100_000,
            FromDueNs = -1,
            BytesSent = 100,
            BytesReceived = 1000,
        });
    }

    private static KeyValuePair<string, string>[] Tags(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.Split('=')).Select(parts => KeyValuePair.Create(parts[0], parts[1]))];
}
