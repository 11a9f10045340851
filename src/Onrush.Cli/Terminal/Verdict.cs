using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>What a run comes to.</summary>
/// <param name="ExitCode">What the shell is told.</param>
/// <param name="Text">The same in a sentence.</param>
internal readonly record struct Verdict(int ExitCode, string Text)
{
    /// <summary>
    /// Judges a run that is over. First match: counts that do not agree, no user past OnStartAsync, failed requests or exceptions, all good.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="exitCodeOnError">Code of a run with failed requests or exceptions.</param>
    public static Verdict Of(RunSnapshot run, int exitCodeOnError)
    {
        if (!run.Conservation.Holds)
            return new(ExitCodes.Failed, "FAILED: the counts of the requests do not agree; do not trust the figures above.");
        if (run.UsersStarted == 0 && run.UsersFailedOnStart > 0)
            return new(ExitCodes.Failed, $"FAILED: no user got past OnStartAsync ({Numbers.Plural(run.UsersFailedOnStart, "user")} tried).");
        SeriesRow all = run.Aggregated;
        if (all.Requests == 0 && all.Cancelled > 0)
            return new(ExitCodes.Failed, $"FAILED: no request was answered; {Numbers.Plural(all.Cancelled, "request")} were cut at the stop.");
        long exceptions = run.Exceptions.Sum(row => row.Count);
        string requests = $"{Numbers.Count(all.Failures)} of {Numbers.Plural(all.Requests, "request")} failed ({Numbers.Percent(all.FailureRatio)})";
        return (all.Failures, exceptions) switch
        {
            (0, 0) when all.Requests == 0 => new(ExitCodes.Success, "PASSED: nothing failed, but no request was made."),
            (0, 0) => new(ExitCodes.Success, $"PASSED: {Numbers.Plural(all.Requests, "request")}, none failed."),
            (_, 0) => new(exitCodeOnError, $"FAILED: {requests}."),
            (0, _) => new(exitCodeOnError, $"FAILED: {Numbers.Plural(exceptions, "exception")} in user code; no request of {Numbers.Count(all.Requests)} failed."),
            _ => new(exitCodeOnError, $"FAILED: {requests}, {Numbers.Plural(exceptions, "exception")} in user code."),
        };
    }
}
