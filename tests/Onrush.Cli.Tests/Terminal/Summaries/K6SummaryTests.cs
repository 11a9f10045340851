using Onrush.Cli.Terminal.Summaries;
using Onrush.Cli.Terminal.Summaries.K6;
using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal.Summaries;

public sealed class K6SummaryTests
{
    /// <summary>
    /// Ten thousand users who post once each, 8,192 of whom get a coupon: the shape of the first user's script. The expected text is written by hand from
    /// k6's rules. Times are powers of two nanoseconds (4.294967296 s and 8.589934592 s), whose buckets are 1/128 of them wide, so a percentile within is
    /// 1/256 above: 4.31 s and 8.62 s, but never above the largest value. Numbers are cut off, not rounded, and in the arithmetic of doubles: 1,808 of
    /// 10,000 is 18.07 %, as k6 printed it for that script.
    /// </summary>
    [Fact]
    public void Ten_thousand_users_once_each()
    {
        PlayedRun played = new PlayedRun(10_000)
            .Requests(4096, 1L << 32, "POST", "call coupon")
            .Requests(4096, 1L << 33, "POST", "call coupon")
            .Requests(1808, 0, "POST", "call coupon", status: 0, received: 0)
            .Iterations(8192, 1L << 33)
            .Iterations(1808, 60_000_000_000)
            .Check("status is 200", 8192, 1808)
            .Check("status is 409 (Already Issued)", 0, 10_000)
            .Check("status is 500", 0, 10_000);
        played.Second(9988).Second(0);
        for (int second = 2; second < 61; second++)
            played.Second(100);
        RunSnapshot run = played.End(
            61.155, ("http_req_failed", "rate<0.01"), ("http_req_duration", "p(95)<10000"), ("http_req_duration{name:call coupon}", "avg<1000"));
        Golden.Check(Text(run, played), "k6-peak");
    }

    /// <summary>A small run, in which everything was answered.</summary>
    [Fact]
    public void A_run_without_checks_and_thresholds()
    {
        PlayedRun played = new PlayedRun(5).Requests(200, 2_300_000, "GET", "/").Requests(11, 21_000, "GET", "/").Iterations(211, 1_002_000_000);
        for (int second = 0; second < 10; second++)
            played.Second(5);
        Golden.Check(Text(played.End(10), played), "k6-small");
    }

    [Fact]
    public void Everything_there_is()
    {
        (RunSnapshot run, PlayedRun played) = Full();
        Golden.Check(Text(run, played, full: true), "k6-full");
    }

    [Fact]
    public void Other_columns_and_another_unit()
    {
        (RunSnapshot run, PlayedRun played) = Full();
        Golden.Check(Text(run, played, stats: "count,p(99),p(99.9),max", unit: TimeUnit.Milliseconds), "k6-columns");
    }

    [Fact]
    public void Colours_change_no_column()
    {
        (RunSnapshot run, PlayedRun played) = Full();
        string coloured = Text(run, played, marks: new Marks(true));
        coloured.ShouldContain("\e[32m✓\e[0m 'p(95)<500'");
        coloured.ShouldContain("\e[31m✗\e[0m 'rate<0.01'");
        System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9]+m", "").ShouldBe(Text(run, played));
    }

    /// <summary>Only names can come from the target or the load test's data.</summary>
    [Fact]
    public void Names_do_not_steer_the_terminal()
    {
        PlayedRun played = new PlayedRun(1).Requests(1, 1000, "GET", "/\e[2J").Check("is \e[31m red", 0, 1).Second(1);
        RunSnapshot run = played.End(1, ("http_req_duration{name:/\e[2J}", "avg<1"));
        Text(run, played).ShouldNotContain('\e');
    }

    private static (RunSnapshot Run, PlayedRun Played) Full()
    {
        PlayedRun played = new PlayedRun(20)
            .Requests(7, 12_345_678, "GET", "/hello", scenario: "browse")
            .Requests(3, 250_000, "GET", "/missing", status: 404, scenario: "browse")
            .Requests(1, 999, "POST", "call coupon", status: 409, scenario: "peak")
            .Iterations(10, 65_000_000_000, "browse")
            .Iterations(1, 3_723_000_000_000, "peak")
            .Check("is 200", 7, 3, scenario: "browse")
            .Check("is 200", 5, 0, "::login", "browse")
            .Check("has a form", 2, 0, "::login::form", "browse")
            .Group("::login", 5, 80, "browse")
            .Group("::login::form", 2, 20, "browse")
            .Own("waiting_time", MetricKind.Trend, MetricUnit.Milliseconds, 4, 1234.5, 12.5, 407.33)
            .Own("basket", MetricKind.Trend, MetricUnit.None, 4, 609.42222, 120, 684)
            .Own("sold", MetricKind.Counter, MetricUnit.None, 3, 7, 1, 5)
            .Own("stock", MetricKind.Gauge, MetricUnit.None, 3, 12, 1.25, 9)
            .Own("lucky", MetricKind.Rate, MetricUnit.None, 3, 1, 0, 1)
            .Own("uploaded", MetricKind.Counter, MetricUnit.Bytes, 3, 1_234_567, 0, 9);
        played.Second(3).Second(20).Second(12);
        RunSnapshot run = played.End(
            3, ("http_req_duration", "p(95)<500"), ("http_req_failed", "rate<0.01"), ("http_reqs{status:404}", "count<10"), ("sold", "rate>=2"),
            ("http_req_failed{name:/nowhere}", "rate<0.5"), ("vus", "max<=20"), ("uploaded", "count<1000000"));
        return (run, played);
    }

    private static string Text(
        RunSnapshot run, PlayedRun played, bool full = false, string? stats = null, TimeUnit unit = TimeUnit.Auto, Marks marks = default) =>
        new K6Summary(stats is null ? TrendStat.Default : TrendStat.Read([stats]), unit, marks).Render(new K6ReportBuilder(run, played.Metrics, full).Build());
}
