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

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_reason_to_fail_decides(string name, int exitCodeOnError, int expected, string text)
    {
        RunSnapshot run = name switch
        {
            "good" => Samples.Good(),
            "failures" => Samples.Good() with { Aggregated = Samples.Row("", "Aggregated", 1_000_000, failures: 1) },
            "exceptions" => Samples.Good() with { Exceptions = Samples.Bad().Exceptions },
            "both" => Samples.Bad(),
            "nobody" => RunSnapshot.Empty with { UsersFailedOnStart = 5, Exceptions = Samples.Bad().Exceptions },
            "broken" => Samples.Bad() with { Conservation = new Conservation(["GET /: 3 requests are missing"]) },
            _ => RunSnapshot.Empty,
        };
        Verdict.Of(run, exitCodeOnError).ShouldBe(new Verdict(expected, text));
    }
}
