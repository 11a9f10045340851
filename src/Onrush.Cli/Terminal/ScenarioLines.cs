using System.Globalization;
using System.Text;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>One line per scenario: how far it is, and what became of its iterations.</summary>
internal static class ScenarioLines
{
    /// <summary>The lines; none for a run whose only scenario nobody configured.</summary>
    public static IReadOnlyList<string> Render(RunSnapshot run) =>
        run.Scenarios is [] or [{ Name: "default" }] ? [] : [.. Rows(run)];

    private static IEnumerable<string> Rows(RunSnapshot run)
    {
        int name = run.Scenarios.Max(row => row.Name.Length), executor = run.Scenarios.Max(row => row.Executor.Length);
        foreach (ScenarioRow row in run.Scenarios)
            yield return $"{row.Name.PadRight(name)}  {row.Executor.PadRight(executor)}  {State(row)}{Figures(row)}";
    }

    private static string State(ScenarioRow row)
    {
        string phase = row.Phase switch
        {
            ScenarioPhase.Waiting => "waiting",
            ScenarioPhase.Running => "running",
            ScenarioPhase.Stopping => "stopping",
            _ => "over",
        };
        string progress = row.Progress is { } share ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100)}%") : "";
        return $"{phase,-8} {progress,4}";
    }

    private static string Figures(ScenarioRow row)
    {
        if (row.Phase == ScenarioPhase.Waiting)
            return row.WarmUp ? "  warm-up" : "";
        StringBuilder text = new();
        if (row.Phase != ScenarioPhase.Over)
            text.Append(CultureInfo.InvariantCulture, $"  users {row.Users}");
        text.Append("  iterations ").Append(Numbers.Count(row.Iterations));
        if (row.IterationsTotal is { } total)
            text.Append('/').Append(Numbers.Count(total));
        if (row.Offered > 0 && row.Phase != ScenarioPhase.Over)
            text.Append($"  due {Numbers.ShortRate(row.OfferedPerSecond)}/s  done {Numbers.ShortRate(row.AchievedPerSecond)}/s");
        else if (row.Offered > 0)
            text.Append(" of ").Append(Numbers.Count(row.Offered)).Append(" due");
        Add("waiting", row.Waiting);
        Add("dropped", row.Dropped);
        Add("interrupted", row.Interrupted);
        return text.Append(row.WarmUp ? "  warm-up" : "").ToString();

        void Add(string what, long count)
        {
            if (count > 0)
                text.Append("  ").Append(what).Append(' ').Append(Numbers.Count(count));
        }
    }
}
