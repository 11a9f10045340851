using System.Text;
using Onrush.Cli.Terminal.Summaries;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>All that is printed when a run is over.</summary>
internal static class FinalReport
{
    /// <param name="run">The run.</param>
    /// <param name="verdict">What it comes to.</param>
    /// <param name="width">Columns of the terminal; 0 when it does not matter.</param>
    /// <param name="marks">Ticks and crosses, coloured or not.</param>
    public static string Render(RunSnapshot run, Verdict verdict, int width, Marks marks = default)
    {
        StringBuilder text = new();
        text.Append('\n');
        StatisticsTables.Statistics(text, run, width);
        text.Append('\n');
        StatisticsTables.Percentiles(text, run, width);
        text.Append('\n');
        if (StatisticsTables.FromDue(text, run, width))
            text.Append('\n');
        if (ReportedTables.Checks(text, run, width))
            text.Append('\n');
        if (ReportedTables.Groups(text, run, width))
            text.Append('\n');
        if (ReportedTables.Metrics(text, run, width))
            text.Append('\n');
        if (TargetTable.Write(text, run, width))
            text.Append('\n');
        if (StatisticsTables.Failures(text, run, width))
            text.Append('\n');
        if (StatisticsTables.Exceptions(text, run))
            text.Append('\n');
        if (RuleLines.Write(text, run, marks))
            text.Append('\n');
        if (FindingLines.Write(text, run, width))
            text.Append('\n');
        foreach (string line in Lines(run))
            text.Append(Cells.Clean(line)).Append('\n');
        return text.Append(verdict.Text).Append('\n').ToString();
    }

    private static IEnumerable<string> Lines(RunSnapshot run)
    {
        string end = run.StopReason is { Length: > 0 } reason ? $", ended: {reason}" : "";
        yield return $"Ran {Numbers.Clock(run.RunTime)} with up to {Numbers.Plural(PeakUsers(run), "user")}{end}";
        foreach (string line in ScenarioLines.Render(run))
            yield return "  " + line;
        if (run.WarmUpNote is { } note)
            yield return note;
        if (run.AllIterations is { Count: > 0, Lateness: { } lateness })
            yield return $"Scheduled iterations started late by {Numbers.Ms(lateness.MedianMs)} ms (median), {Numbers.Ms(lateness.MaxMs)} ms at most.";
        if (run.Aggregated.Cancelled > 0)
            yield return $"Cancelled by the stop, in no figure above: {Numbers.Plural(run.Aggregated.Cancelled, "request")}.";
        if (run.UsersFailedOnStart > 0)
            yield return $"{Numbers.Plural(run.UsersFailedOnStart, "user")} did not get past OnStartAsync; {Numbers.Count(run.UsersStarted)} did.";
        foreach (UserStopRow stop in run.UserStops)
            yield return $"{Numbers.Plural(stop.Count, "user")} of {stop.UserClass} ended: {stop.Reason}";
        foreach (string warning in run.Warnings)
            yield return "Warning: " + warning;
        foreach (string error in run.Conservation.Errors)
            yield return "Error: " + error;
        yield return run.Generator.Text;
    }

    private static int PeakUsers(RunSnapshot run) => run.Seconds.Count == 0 ? run.Users : Math.Max(run.Users, run.Seconds.Max(second => second.Users));
}
