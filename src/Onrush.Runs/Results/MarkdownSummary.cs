using System.Globalization;
using System.Text;

namespace Onrush.Runs.Results;

/// <summary>A run in Markdown: what a reviewer wants to see in a pull request.</summary>
internal static class MarkdownSummary
{
    private const int MostEndpoints = 50;
    private const int MostErrors = 20;
    private const int MostFindings = 5;
    private const int MostTraces = 5;

    public static string Of(RunResult result)
    {
        var run = result.Run;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {(result.Verdict.Passed ? "✅" : "❌")} {Markdown.Inline(result.About.LoadTest)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"**{Markdown.Inline(result.Verdict.Text)}**\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Course(result)}\n\n");
        Rules(text, result.Verdict.Rules);
        Findings(text, run);
        Endpoints(text, run);
        Failures(text, run);
        Exceptions(text, run);
        Traces(text, run);
        Outputs(text, run);
        foreach (string warning in run.Warnings.Concat(run.Conservation.Errors))
            text.Append(CultureInfo.InvariantCulture, $"> ⚠️ {Markdown.Inline(warning)}\n\n");
        return text.Append(CultureInfo.InvariantCulture, $"{Markdown.Inline(run.Generator.Text)}\n").ToString();
    }

    private static string Course(RunResult result)
    {
        var run = result.Run;
        int peak = run.Seconds.Select(s => s.Users).Append(run.Users).Max();
        string host = result.About.Host is { } url ? $" on {Markdown.Inline(url)}" : "";
        string start = run.StartTime is { } time ? $", started {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{run.RunTime.TotalSeconds:0.#} s{host} with up to {peak:#,0} {(peak == 1 ? "user" : "users")}{start}.");
    }

    private static void Rules(StringBuilder text, IReadOnlyList<RuleDocument> rules)
    {
        if (rules.Count == 0)
            return;
        Markdown.Row(text, "", "rule", "", "found");
        text.Append("| :-: | :- | :- | -: |\n");
        foreach (var rule in rules)
            Markdown.Row(text, rule.Passed ? "✅" : "❌", Markdown.Inline(rule.Subject), Markdown.Inline(rule.Expression), Markdown.Inline(rule.Found ?? "no data"));
        text.Append('\n');
    }

    private static void Findings(StringBuilder text, RunSnapshot run)
    {
        // Warnings and counts stand below, as they always did.
        Finding[] findings = [.. RunAnalysis.Findings(run).Where(f => f.Link is not null).Take(MostFindings)];
        foreach (var finding in findings)
            text.Append(CultureInfo.InvariantCulture, $"- **{Markdown.Inline(finding.Title)}.** {Markdown.Inline(finding.Text)}\n");
        if (findings.Length > 0)
            text.Append('\n');
    }

    private static void Endpoints(StringBuilder text, RunSnapshot run)
    {
        if (run.Series.Count == 0)
            return;
        bool scenarios = run.Series.Select(s => s.Scenario).Distinct().Skip(1).Any();
        Markdown.Row(text, "endpoint", "requests", "failed", "requests/s", "median ms", "p95 ms", "p99 ms", "max ms");
        text.Append("| :- | -: | -: | -: | -: | -: | -: | -: |\n");
        foreach (var row in run.Series.Take(MostEndpoints))
            Endpoint(text, row, $"{Markdown.Inline($"{row.Method} {row.Name}")}{(scenarios ? $" ({Markdown.Inline(row.Scenario)})" : "")}");
        if (run.Series.Count > MostEndpoints)
            Markdown.Row(text, $"… and {run.Series.Count - MostEndpoints} more", "", "", "", "", "", "", "");
        Endpoint(text, run.Aggregated, $"**{run.Aggregated.Name}**");
        text.Append('\n');
    }

    private static void Endpoint(StringBuilder text, SeriesRow row, string name) => Markdown.Row(
        text, name, Count(row.Requests), row.Failures == 0 ? "0" : $"{Count(row.Failures)} ({Number(row.FailureRatio * 100)} %)", Number(row.TotalRps),
        Number(row.All.MedianMs), Number(row.All.Percentile(0.95)), Number(row.All.Percentile(0.99)), Number(row.All.MaxMs));

    private static void Failures(StringBuilder text, RunSnapshot run)
    {
        if (run.Failures.Count == 0)
            return;
        Markdown.Row(text, "failure", "times", "first", "last");
        text.Append("| :- | -: | -: | -: |\n");
        foreach (var row in run.Failures.Take(MostErrors))
            Markdown.Row(text, Markdown.Inline($"{row.Method} {row.Name}: {row.Message}"), Count(row.Occurrences), Time(row.FirstSeen), Time(row.LastSeen));
        if (run.Failures.Count > MostErrors)
            Markdown.Row(text, $"… and {run.Failures.Count - MostErrors} more", "", "", "");
        text.Append('\n');
    }

    private static void Exceptions(StringBuilder text, RunSnapshot run)
    {
        if (run.Exceptions.Count == 0)
            return;
        Markdown.Row(text, "exception", "in", "times");
        text.Append("| :- | :- | -: |\n");
        foreach (var row in run.Exceptions.Take(MostErrors))
            Markdown.Row(text, Markdown.Inline($"{row.Type}: {row.Message}"), Markdown.Inline($"{row.UserClass}.{row.Task}"), Count(row.Count));
        if (run.Exceptions.Count > MostErrors)
            Markdown.Row(text, $"… and {run.Exceptions.Count - MostErrors} more", "", "");
        text.Append('\n');
    }

    private static void Traces(StringBuilder text, RunSnapshot run)
    {
        var slowest = SlowTrace.SlowestOf(run.Seconds, MostTraces);
        if (slowest.Count == 0)
            return;
        Markdown.Row(text, "slow trace", "request", "second", "ms");
        text.Append("| :- | :- | -: | -: |\n");
        foreach (var (second, trace) in slowest)
            Markdown.Row(text, $"`{trace.TraceId}`", Markdown.Inline($"{trace.Method} {trace.Name}"), Count(second), Number(trace.ResponseMs));
        text.Append('\n');
    }

    private static void Outputs(StringBuilder text, RunSnapshot run)
    {
        if (run.Outputs.Count == 0)
            return;
        Markdown.Row(text, "output", "produced", "delivered", "dropped", "uncertain", "trouble");
        text.Append("| :- | -: | -: | -: | -: | :- |\n");
        foreach (var row in run.Outputs)
        {
            Markdown.Row(
                text, Markdown.Inline(row.Output), $"{Count(row.Produced)} {row.Records}", Count(row.Delivered), Count(row.Dropped), Count(row.Uncertain),
                row.Produced == row.Delivered || row.Trouble is null ? "" : Markdown.Inline(row.Trouble));
        }

        text.Append('\n');
    }

    private static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
