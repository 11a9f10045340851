using System.Text;
using Onrush.Users;

namespace Onrush.Runs.Tests.Thresholds;

/// <summary>Every threshold that is refused, with its message, in one golden file.</summary>
public sealed class RefusedThresholdTests
{
    private static readonly (string What, string Metric, string Rule)[] Cases =
    [
        ("no metric", "{name:x}", "count>0"),
        ("metric with a blank", "http reqs", "count>0"),
        ("metric with a sign", "http-reqs", "count>0"),
        ("metric that begins with a digit", "2xx", "count>0"),
        ("filter that is not closed", "http_reqs{name:x", "count>0"),
        ("something behind the filter", "http_reqs{name:x}y", "count>0"),
        ("empty filter", "http_reqs{}", "count>0"),
        ("empty tag", "http_reqs{name:x,}", "count>0"),
        ("tag without a value", "http_reqs{name}", "count>0"),
        ("tag with an empty value", "http_reqs{name:}", "count>0"),
        ("tag without a name", "http_reqs{:x}", "count>0"),
        ("tag twice", "http_reqs{name:x,name:y}", "count>0"),
        ("quote that is not closed", "http_reqs{name:\"x}", "count>0"),

        ("no rule", "http_reqs", " "),
        ("no aggregation", "http_reqs", ">0"),
        ("unknown aggregation", "http_reqs", "total>0"),
        ("mistyped aggregation", "http_reqs", "cuont>0"),
        ("aggregation in capitals", "http_reqs", "COUNT>0"),
        ("percentile without brackets", "http_req_duration", "p95<500"),
        ("percentile that is not closed", "http_req_duration", "p(95<500"),
        ("percentile of nothing", "http_req_duration", "p()<500"),
        ("percentile of text", "http_req_duration", "p(most)<500"),
        ("percentile above 100", "http_req_duration", "p(950)<500"),
        ("percentile below 0", "http_req_duration", "p(-5)<500"),
        ("no comparison", "http_req_duration", "p(95)"),
        ("comparison =", "http_req_duration", "p(95)=500"),
        ("comparison =<", "http_req_duration", "p(95)=<500"),
        ("comparison =>", "http_req_duration", "p(95)=>500"),
        ("comparison <>", "http_req_duration", "p(95)<>500"),
        ("comparison !", "http_req_duration", "p(95)!500"),
        ("no limit", "http_req_duration", "p(95)<"),
        ("limit that is none", "http_req_duration", "p(95)<fast"),
        ("limit without end", "http_req_duration", "p(95)<Infinity"),
        ("limit with a unit", "http_req_duration", "p(95)<500ms"),
        ("limit in percent", "http_req_failed", "rate<1%"),
        ("two limits", "http_req_duration", "p(95)<500 avg<200"),

        ("unknown metric", "nothing_like_it", "count>0"),
        ("mistyped metric", "http_req_duratoin", "p(95)<500"),
        ("mistyped metric of the load test", "waitnig", "p(95)<500"),
        ("trend has no rate", "http_req_duration", "rate<0.1"),
        ("counter has no percentile", "http_reqs", "p(95)<500"),
        ("counter has no value", "sold", "value<500"),
        ("gauge has no average", "vus", "avg>5"),
        ("rate has no count", "checks", "count>5"),
        ("rate above 1", "http_req_failed", "rate<5"),
        ("rate below 0", "lucky", "rate>-1"),
        ("unknown tag", "vus{name:x}", "value>5"),
        ("tag that is not kept apart", "http_req_waiting{status:200}", "p(95)<500"),
        ("tag of k6 that is not kept", "http_reqs{url:/x}", "count>5"),
        ("expected_response that is neither", "http_reqs{expected_response:yes}", "count>5"),
        ("status that is none", "http_reqs{status:ok}", "count>5"),
        ("status and expected_response", "http_reqs{status:200,expected_response:true}", "count>5"),
        ("unknown scenario", "http_reqs{scenario:peek}", "count>5"),
    ];

    private static readonly (string What, string Line)[] Lines =
    [
        ("line without a colon", "http_reqs count>0"),
        ("line without a colon behind the filter", "http_reqs{name:x} count>0"),
        ("line without a metric", ": count>0"),
        ("line without a rule", "http_reqs:"),
        ("line that aborts without a rule", "http_reqs: abort"),
        ("line with a word behind abort", "http_reqs: count>0 abort soon"),
        ("line with a delay that is none", "http_reqs: count>0 abort after a while"),
    ];

    [Fact]
    public void Each_has_a_message_of_one_line_that_names_the_part()
    {
        var text = new StringBuilder();
        foreach (var (what, metric, rule) in Cases)
        {
            var written = Rules.Text(metric, rule) with { Place = new SourcePlace("peak.cs", 7) };
            var thrown = Should.Throw<LoadTestException>(() => Threshold.Of([written], Rules.View(Fold.Begun()), ["peak", "browse"]), what);
            thrown.Line.ShouldBe(7, what);
            thrown.IsThrownBySetUp.ShouldBeFalse(what);
            thrown.Message.ShouldNotContain('\n', what);
            text.Append($"{what}\n    {thrown.Message}\n");
        }

        foreach (var (what, line) in Lines)
            text.Append($"{what}\n    {Should.Throw<ThresholdException>(() => ThresholdLine.Parse(line), what).Message}\n");
        CheckedIn.Check(text.ToString(), "tests/Onrush.Runs.Tests/Thresholds/Golden/refused.txt");
    }

    [Fact]
    public void One_of_the_command_line_says_so() =>
        Should.Throw<LoadTestException>(() => Threshold.Of([Rules.Text("http_rqs", "count>0")], Rules.View(Fold.Begun()), ["s"]))
            .Message.ShouldStartWith("--threshold 'http_rqs: count>0': ");
}
