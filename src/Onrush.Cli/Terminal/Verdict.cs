using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>What a run comes to.</summary>
/// <param name="ExitCode">What the shell is told.</param>
/// <param name="Text">The same in a sentence.</param>
internal readonly record struct Verdict(int ExitCode, string Text)
{
    /// <summary>
    /// Judges a run that is over. The first match decides:
    /// <code>
    /// 1    the counts do not agree: nothing can be said
    /// 97   generator-bound, and honesty is required: nothing can be said of the target
    /// 99   a threshold, limit or invariant is broken
    /// 1    no user got past OnStartAsync, or no request was answered
    /// 1    requests failed (unless there are thresholds) or code threw (unless thresholds or a limit judge that); another code by --exit-code-on-error
    /// 0
    /// </code>
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="exitCodeOnError">Code of a run with failed requests or exceptions that no rule judges.</param>
    /// <param name="requireHonest">Whether a generator-bound run is no result.</param>
    public static Verdict Of(RunSnapshot run, int exitCodeOnError, bool requireHonest = false)
    {
        if (!run.Conservation.Holds)
            return new(ExitCodes.Failed, "FAILED: the counts of the requests do not agree; do not trust the figures above.");
        RuleRow[] broken = [.. run.Rules.Where(rule => rule.Passed is not true)];
        if (requireHonest && run.Generator.IsBound)
        {
            string also = broken.Length > 0 ? $" Besides, {Broken(broken)}." : "";
            return new(ExitCodes.GeneratorBound, $"FAILED: the generator itself was the limit in {Numbers.Count(run.Generator.BoundSeconds)} s, so the figures are not the target's.{also}");
        }

        if (broken.Length > 0)
            return new(ExitCodes.RulesBroken, $"FAILED: {Broken(broken)}.");
        SeriesRow all = run.Aggregated;
        if (run.UsersStarted == 0 && run.UsersFailedOnStart > 0)
            return new(ExitCodes.Failed, $"FAILED: no user got past OnStartAsync ({Numbers.Plural(run.UsersFailedOnStart, "user")} tried).");
        if (all.Requests == 0 && all.Cancelled > 0)
            return new(ExitCodes.Failed, $"FAILED: no request was answered; {Numbers.Plural(all.Cancelled, "request")} were cut at the stop.");
        return OfErrors(run, exitCodeOnError);
    }

    private static Verdict OfErrors(RunSnapshot run, int exitCodeOnError)
    {
        SeriesRow all = run.Aggregated;
        long exceptions = run.Exceptions.Sum(row => row.Count);
        string requests = $"{Numbers.Count(all.Failures)} of {Numbers.Plural(all.Requests, "request")} failed ({Numbers.Percent(all.FailureRatio)})";
        string? wrong = (all.Failures, exceptions) switch
        {
            (0, 0) => null,
            (_, 0) => requests,
            (0, _) => $"{Numbers.Plural(exceptions, "exception")} in user code; no request of {Numbers.Count(all.Requests)} failed",
            _ => $"{requests}, {Numbers.Plural(exceptions, "exception")} in user code",
        };
        bool areRequestsJudged = run.Rules.Any(rule => rule.Kind == RuleKind.Threshold);
        bool areExceptionsJudged = areRequestsJudged || run.Rules.Any(rule => rule.CoversExceptions);
        if ((all.Failures > 0 && !areRequestsJudged) || (exceptions > 0 && !areExceptionsJudged))
            return new(exitCodeOnError, $"FAILED: {wrong}.");
        if (run.Rules.Count > 0)
            return new(ExitCodes.Success, $"PASSED: {Numbers.Plural(run.Rules.Count, "rule")} kept; {wrong ?? $"{Numbers.Plural(all.Requests, "request")}, none failed"}.");
        return new(ExitCodes.Success, all.Requests == 0 ? "PASSED: nothing failed, but no request was made." : $"PASSED: {Numbers.Plural(all.Requests, "request")}, none failed.");
    }

    private static string Broken(RuleRow[] rules)
    {
        RuleRow first = rules[0];
        string text = Cells.Clean(first.Kind switch
        {
            RuleKind.Threshold => $"the threshold '{first.Subject}: {first.Expression}' is broken ({first.Found})",
            RuleKind.Limit => $"the limit '{first.Subject}: {first.Expression}' is broken ({first.Found})",
            _ => $"{first.Subject}: {first.Expression.TrimEnd('.')}",
        });
        return rules.Length > 1 ? $"{text}, and {Numbers.Plural(rules.Length - 1, "other rule")} too" : text;
    }
}
