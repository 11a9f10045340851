using Onrush.Measurement;
using Onrush.Scenarios;

namespace Onrush.Runs.Tests.Thresholds;

public sealed class RunJudgeTests
{
    private static readonly LoadTest Silent = new Quiet();

    public sealed class Quiet : LoadTest;

    public sealed class Auditor(Func<RunSummary, Task> audit) : LoadTest
    {
        public override Task OnTestEndAsync(RunSummary run) => audit(run);
    }

    /// <summary>20 requests, 5 of which failed, in two seconds, and 4 iterations, one of which failed.</summary>
    private static RunState Played()
    {
        var state = Fold.Begun();
        var worker = new FakeWorker();
        worker.Requests(10, ms: 10).Requests(5, ms: 100, name: "/slow");
        state.Apply(worker.Report());
        worker.Requests(5, ms: 2, name: "/bad", outcome: Outcome.Status, error: "500");
        int scenario = worker.Recorder.Scenario("s");
        for (var i = 0; i < 4; i++)
            worker.Recorder.Iteration(scenario, 50 * FakeWorker.Millisecond, -1, failed: i == 0);
        state.Apply(worker.Report());
        Rules.Report(state, Rules.Own[0], 3, 4);
        Rules.Report(state, Rules.Own[1], 9, 2, 5);
        Rules.Report(state, Rules.Own[2], 1, 0, 0, 1, 1);
        Rules.Report(state, Rules.Own[3], 10, 20, 30);
        Rules.Check(state, "is 200", 9, 1);
        return state;
    }

    [Theory]
    [InlineData("http_reqs", "count==20", true, "count=20")]
    [InlineData("http_reqs", "rate>=10", true, "rate=10/s")]
    [InlineData("http_reqs{name:/slow}", "count==5", true, "count=5")]
    [InlineData("http_reqs{name:/nowhere}", "count<1", true, "count=0")]
    [InlineData("http_req_failed", "rate<0.25", false, "rate=25.00 %")]
    [InlineData("http_req_failed{expected_response:true}", "rate<0.01", true, "rate=0.00 %")]
    [InlineData("http_req_failed{name:/bad,scenario:s}", "rate==1", true, "rate=100.00 %")]
    [InlineData("response_time", "max<=100", true, "max=100 ms")]
    [InlineData("response_time", "min>2", false, "min=2 ms")]
    [InlineData("response_time", "avg<30.5", false, "avg=30.5 ms")]
    [InlineData("response_time", "count==20", true, "count=20")]
    [InlineData("response_time{expected_response:false}", "p(99.9)<=2", true, "p(99.9)=2 ms")]
    [InlineData("response_time{page:home}", "p(100)<100", false, "p(100)=100 ms")]
    [InlineData("iterations", "count>3", true, "count=4")]
    [InlineData("iterations_failed", "rate<0.2", false, "rate=25.00 %")]
    [InlineData("dropped_iterations", "count<1", true, "count=0")]
    [InlineData("vus", "value==10", true, "value=10")]
    [InlineData("sold", "count==7", true, "count=7")]
    [InlineData("stock", "value<5", false, "value=5")]
    [InlineData("stock", "min==2", true, "min=2")]
    [InlineData("lucky", "rate>0.6", false, "rate=60.00 %")]
    [InlineData("waiting", "max>=30", true, "max=30 ms")]
    [InlineData("waiting", "max>30", false, "max=30 ms")]
    [InlineData("checks", "rate>0.95", false, "rate=90.00 %")]
    [InlineData("checks{check:is 200}", "rate>=0.9", true, "rate=90.00 %")]
    [InlineData("checks{check:is 404}", "rate>=0.9", null, "no data")]
    [InlineData("http_req_failed{name:/nowhere}", "rate<1", null, "no data")]
    [InlineData("group_duration", "p(95)<1", null, "no data")]
    public void Rules_over_every_kind_of_metric(string metric, string rule, bool? passed, string found)
    {
        var row = Rules.One(Played(), metric, rule);
        row.Passed.ShouldBe(passed);
        row.Found.ShouldStartWith(found);
        row.Subject.ShouldBe(metric);
        row.Expression.ShouldBe(rule);
    }

    [Fact]
    public void A_rule_without_data_waits_while_the_run_goes_on_and_is_broken_at_its_end()
    {
        var state = Fold.Begun();
        var judge = Rules.Judge(state, null, Rules.Text("http_req_failed", "rate<0.01", abort: true));
        judge.Second(TimeSpan.FromSeconds(5)).ShouldBeNull();
        judge.Rules.ShouldHaveSingleItem().Passed.ShouldBeNull();
        judge.End(Silent, state.At(5));
        judge.Rules.ShouldHaveSingleItem().ShouldBe(
            new RuleRow(RuleKind.Threshold, "http_req_failed", "rate<0.01", false) { Found = "no data", AbortOnFail = true });
    }

    [Fact]
    public void A_broken_rule_ends_the_run_only_when_it_is_to_and_not_before_its_delay()
    {
        var judge = Rules.Judge(
            Played(), null,
            Rules.Text("http_reqs", "count<1"),
            Rules.Text("http_req_failed", "rate<0.5", abort: true),
            Rules.Text("http_req_failed{name:/bad}", "rate<0.1", abort: true, delay: 3));
        judge.Second(TimeSpan.FromSeconds(2.9)).ShouldBeNull();
        judge.Second(TimeSpan.FromSeconds(3)).ShouldBe("The threshold 'http_req_failed{name:/bad}: rate<0.1' is broken: rate=100.00 %.");
        judge.Rules.Select(row => row.Passed).ShouldBe([false, true, false]);
    }

    [Theory]
    [InlineData(0.25, null, null, null, true, "1 of 4 (25.00 %)")]
    [InlineData(0.24, null, null, null, false, "1 of 4 (25.00 %)")]
    [InlineData(null, 0.2, null, null, true, "1 of 5 (20.00 %)")]
    [InlineData(null, 0.19, null, null, false, "1 of 5 (20.00 %)")]
    [InlineData(null, null, 0.5, null, true, "5 of 10 (50.00 %)")]
    [InlineData(null, null, 0.0, null, false, "5 of 10 (50.00 %)")]
    [InlineData(null, null, null, 0.1, true, "1 of 10 (10.00 %)")]
    [InlineData(null, null, null, 0.0, false, "1 of 10 (10.00 %)")]
    public void The_error_budget(double? failed, double? interrupted, double? dropped, double? checks, bool passed, string found)
    {
        var state = Played();
        var worker = new FakeWorker("w2");
        int scenario = worker.Recorder.Scenario("s");
        worker.Recorder.IterationInterrupted(scenario);
        for (var i = 0; i < 5; i++)
            worker.Recorder.IterationsDropped(scenario, 1);
        state.Apply(worker.Report());
        var row = IterationBudget.Judge(new IterationLimits(failed, interrupted, dropped, checks), Rules.View(state)).ShouldHaveSingleItem();
        row.Passed.ShouldBe(passed);
        row.Found.ShouldBe(found);
        row.CoversExceptions.ShouldBe(failed is not null);
    }

    [Fact]
    public void Thresholds_alone_do_not_let_a_run_pass_in_which_every_iteration_failed()
    {
        var state = Fold.Begun();
        var worker = new FakeWorker();
        int scenario = worker.Recorder.Scenario("s");
        for (var i = 0; i < 3; i++)
            worker.Recorder.Iteration(scenario, 1, -1, failed: true);
        state.Apply(worker.Report());

        var judge = Rules.Judge(state, null, Rules.Text("iterations", "count>0"));
        judge.End(Silent, state.At(1));
        judge.Rules.Select(row => (row.Kind, row.Passed, row.Found)).ShouldBe(
            [(RuleKind.Threshold, true, "count=3"), (RuleKind.Limit, false, "all 3 failed")]);

        // Without thresholds the exceptions decide; with a limit of its own that does.
        var without = Rules.Judge(state, null);
        without.End(Silent, state.At(1));
        without.Rules.ShouldBeEmpty();
        var limited = Rules.Judge(state, new IterationLimits(1, null, null), Rules.Text("iterations", "count>0"));
        limited.End(Silent, state.At(1));
        limited.Rules.ShouldAllBe(row => row.Passed == true);
    }

    [Fact]
    public void The_load_test_is_told_what_the_run_gave()
    {
        RunSummary? told = null;
        var state = Played().Stopped(2, "The run time is over.");
        var judge = Rules.Judge(state, null, Rules.Text("http_req_failed", "rate<0.01"));
        var summary = judge.End(new Auditor(run => Task.FromResult(told = run)), state.At(2));
        told.ShouldBeSameAs(summary);
        (summary.Requests, summary.Failures, summary.Iterations, summary.FailedIterations).ShouldBe((20, 5, 4, 1));
        summary.FailureRatio.ShouldBe(0.25);
        summary.Duration.ShouldBe(TimeSpan.FromSeconds(2));
        summary.StopReason.ShouldBe("The run time is over.");
        summary.PeakUsers.ShouldBe(10);
        summary.Endpoints.Select(e => (e.Name, e.Requests, e.Failures)).ShouldBe([("/bad", 5, 5), ("/hello", 10, 0), ("/slow", 5, 0)]);
        summary.FailureTexts.ShouldHaveSingleItem().ShouldBe(new FailureSummary("s", "GET", "/bad", "500", 5));
        summary.Thresholds.ShouldHaveSingleItem().ShouldBe(new ThresholdSummary("http_req_failed", "rate<0.01", false, "rate=25.00 %"));

        summary.Metric("http_reqs{name:/slow}").Sum.ShouldBe(5);
        summary.Metric("http_reqs{name:/slow}").Rate.ShouldBe(2.5);
        summary.Metric("response_time{name:/slow}").Percentile(99.9).ShouldBe(100);
        summary.Metric("response_time{name:/slow}").Median.ShouldBe(100, 1);
        summary.Metric("http_req_failed").Rate.ShouldBe(0.25);
        summary.Metric("group_duration").HasData.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => summary.Metric("http_rqs")).Message.ShouldContain("did you mean http_reqs?");
        Should.Throw<ArgumentException>(() => summary.Metric("http_reqs{name}")).Message.ShouldContain("'name' has no value");
        Should.Throw<ArgumentOutOfRangeException>(() => summary.Metric("response_time").Percentile(101));
    }

    [Fact]
    public void What_the_load_test_finds_wrong_is_a_broken_rule()
    {
        var state = Played();
        var judge = Rules.Judge(state, null);
        var summary = judge.End(
            new Auditor(async run =>
            {
                await Task.Yield();
                run.Fail("sold 8193 coupons of 8192");
                run.Fail(" and one twice ");
                throw new InvalidOperationException("the audit\nis closed");
            }),
            state.At(2));
        judge.Rules.ShouldAllBe(row => row.Kind == RuleKind.Invariant && row.Passed == false && row.Subject == "Auditor.OnTestEndAsync");
        judge.Rules.Select(row => row.Expression).ShouldBe(
            ["sold 8193 coupons of 8192", "and one twice", "InvalidOperationException: the audit is closed"]);
        Should.Throw<InvalidOperationException>(() => summary.Fail("too late"));
    }

    [Fact]
    public void An_exception_before_the_first_await_is_no_different()
    {
        var judge = Rules.Judge(Played(), null);
        judge.End(new Auditor(_ => throw new TimeoutException("no answer")), Played().At(2));
        judge.Rules.ShouldHaveSingleItem().Expression.ShouldBe("TimeoutException: no answer");
    }

    [Fact]
    public void A_threshold_about_a_scenario_that_was_replaced_is_left_out()
    {
        var plan = new ScenarioPlan("peak", [], null, Executor.ConstantUsers(1, "1s"), default, default, TagSet.Empty, null, WarmUp: false);
        var configuration = new LoadTestConfiguration(
            [plan], [Rules.Text("http_reqs{scenario:peak}", "count>100"), Rules.Text("http_reqs{name:/slow}", "count>1")], null);
        var judge = new RunJudge(configuration, [], Rules.View(Played()), ["s"]);
        judge.End(Silent, Played().At(2));
        judge.Rules.Select(row => row.Subject).ShouldBe(["http_reqs{name:/slow}"]);
    }

    [Fact]
    public void Rules_come_back_from_a_journal_as_they_were()
    {
        RuleRow[] rows =
        [
            new(RuleKind.Threshold, "http_reqs{name:\"a\"}", "count>0", true) { Value = 1.5, Found = "count=1.5", AbortOnFail = true },
            new(RuleKind.Limit, "iterations", "failed<=0.1", false) { Found = "no data" },
            new(RuleKind.Invariant, "Peak.OnTestEndAsync", "sold 🙂 too many", null),
        ];
        var written = RuleJson.Write(rows).ShouldNotBeNull().ToJsonString();
        RuleJson.Read(System.Text.Json.Nodes.JsonNode.Parse(written)!.AsObject()).ShouldBe(rows);
        RuleJson.Write([]).ShouldBeNull();
        RuleJson.Read(null).ShouldBeEmpty();
    }
}
