using Onrush.Cli.Terminal;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal;

/// <summary>The table of exit codes: one case per row.</summary>
public sealed class VerdictTests
{
    public static TheoryData<string, int, int, string> Rows => new()
    {
        { "good", 1, 0, "PASSED: 30,000 requests, none failed." },
        { "nothing", 1, 0, "PASSED: nothing failed, but no request was made." },
        { "failures", 1, 1, "FAILED: 1 of 1,000,000 requests failed (0.01%)." },
        { "failures", 7, 7, "FAILED: 1 of 1,000,000 requests failed (0.01%)." },
        { "failures", 0, 0, "FAILED: 1 of 1,000,000 requests failed (0.01%)." },
        { "exceptions", 3, 3, "FAILED: 3 exceptions in user code; no request of 30,000 failed." },
        { "both", 1, 1, "FAILED: 32 of 1,234,590 requests failed (0.01%), 3 exceptions in user code." },
        { "nobody", 0, 1, "FAILED: no user got past OnStartAsync (5 users tried)." },
        { "broken", 0, 1, "FAILED: the counts of the requests do not agree; do not trust the figures above." },
    };

    private static readonly RuleRow Kept = new(RuleKind.Threshold, "http_req_failed", "rate<0.5", true) { Found = "rate=0.01 %" };
    private static readonly RuleRow Broken = new(RuleKind.Threshold, "http_req_duration", "p(95)<500", false) { Found = "p(95)=612 ms" };
    private static readonly RuleRow Unknown = new(RuleKind.Threshold, "checks", "rate>0.9", null) { Found = "no data" };
    private static readonly RuleRow Budget = new(RuleKind.Limit, "iterations", "failed<=0.5", true) { Found = "3 of 20 (15.00 %)", CoversExceptions = true };
    private static readonly RuleRow OverBudget = new(RuleKind.Limit, "iterations", "failed<=0.1", false) { Found = "3 of 20 (15.00 %)", CoversExceptions = true };
    private static readonly RuleRow Invariant = new(RuleKind.Invariant, "Peak.OnTestEndAsync", "sold 8193 coupons of 8192", false);

    /// <summary>What comes before what, once there are rules: run, rules, --require-honest.</summary>
    public static TheoryData<string, string, bool, int, string> Precedence => new()
    {
        { "good", "kept", false, 0, "PASSED: 1 rule kept; 30,000 requests, none failed." },
        { "both", "kept", false, 0, "PASSED: 1 rule kept; 32 of 1,234,590 requests failed (0.01%), 3 exceptions in user code." },
        { "both", "budget", false, 1, "FAILED: 32 of 1,234,590 requests failed (0.01%), 3 exceptions in user code." },
        { "exceptions", "budget", false, 0, "PASSED: 1 rule kept; 3 exceptions in user code; no request of 30,000 failed." },
        { "exceptions", "kept", false, 0, "PASSED: 1 rule kept; 3 exceptions in user code; no request of 30,000 failed." },
        { "good", "broken", false, 99, "FAILED: the threshold 'http_req_duration: p(95)<500' is broken (p(95)=612 ms)." },
        { "good", "unknown", false, 99, "FAILED: the threshold 'checks: rate>0.9' is broken (no data)." },
        { "good", "kept broken unknown", false, 99, "FAILED: the threshold 'http_req_duration: p(95)<500' is broken (p(95)=612 ms), and 1 other rule too." },
        { "good", "over", false, 99, "FAILED: the limit 'iterations: failed<=0.1' is broken (3 of 20 (15.00 %))." },
        { "good", "invariant", false, 99, "FAILED: Peak.OnTestEndAsync: sold 8193 coupons of 8192." },
        { "nobody", "unknown", false, 99, "FAILED: the threshold 'checks: rate>0.9' is broken (no data)." },
        { "nobody", "kept", false, 1, "FAILED: no user got past OnStartAsync (5 users tried)." },
        { "bound", "kept", false, 0, "PASSED: 1 rule kept; 30,000 requests, none failed." },
        { "bound", "kept", true, 97, "FAILED: the generator itself was the limit in 9 s, so the figures are not the target's." },
        { "good", "kept", true, 0, "PASSED: 1 rule kept; 30,000 requests, none failed." },
        {
            "bound", "broken invariant", true, 97,
            "FAILED: the generator itself was the limit in 9 s, so the figures are not the target's. Besides, the threshold "
                + "'http_req_duration: p(95)<500' is broken (p(95)=612 ms), and 1 other rule too."
        },
        { "bound", "broken", false, 99, "FAILED: the threshold 'http_req_duration: p(95)<500' is broken (p(95)=612 ms)." },
        { "broken", "broken", true, 1, "FAILED: the counts of the requests do not agree; do not trust the figures above." },
    };

    [Theory]
    [MemberData(nameof(Precedence))]
    public void Rules_decide_what_they_judge(string name, string rules, bool requireHonest, int expected, string text)
    {
        RunSnapshot run = Named(name) with
        {
            Rules = [.. rules.Split(' ').Select(rule => rule switch
            {
                "kept" => Kept, "broken" => Broken, "unknown" => Unknown, "budget" => Budget, "over" => OverBudget, _ => Invariant,
            })],
        };
        Verdict.Of(run, 1, requireHonest).ShouldBe(new Verdict(expected, text));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_reason_to_fail_decides(string name, int exitCodeOnError, int expected, string text)
    {
        Verdict.Of(Named(name), exitCodeOnError).ShouldBe(new Verdict(expected, text));
    }

    private static RunSnapshot Named(string name) => name switch
    {
        "good" => Samples.Good(),
        "failures" => Samples.Good() with { Aggregated = Samples.Row("", "Aggregated", 1_000_000, failures: 1) },
        "exceptions" => Samples.Good() with { Exceptions = Samples.Bad().Exceptions },
        "both" => Samples.Bad(),
        "nobody" => RunSnapshot.Empty with { UsersFailedOnStart = 5, Exceptions = Samples.Bad().Exceptions },
        "bound" => Samples.Good() with { Generator = Samples.Bad().Generator },
        "broken" => Samples.Bad() with { Conservation = new Conservation(["GET /: 3 requests are missing"]) },
        _ => RunSnapshot.Empty,
    };
}
