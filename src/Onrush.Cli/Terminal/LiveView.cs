using System.Globalization;
using Onrush.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Onrush.Cli.Terminal;

/// <summary>What a terminal shows while a run goes on, from a snapshot to something Spectre.Console can draw. Changes nothing.</summary>
internal static class LiveView
{
    // Blank line, head, rule, rule, foot and blank line of the table.
    private const int TableLines = 6;
    private const int NarrowestName = 12;

    /// <param name="run">The run.</param>
    /// <param name="title">What it is.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="height">Lines there are.</param>
    /// <param name="keys">Whether keys are read.</param>
    public static IRenderable Render(RunSnapshot run, RunTitle title, int width, int height, bool keys)
    {
        List<IRenderable> above = [Line(Heading(run, title), width, "bold"), .. Figures(run, width), .. ScenarioLines.Render(run).Select(line => Line(line, width, "grey"))], below = [];
        if (title.RunTime is { } length)
            below.Add(Bar(run, length, width));
        if (keys)
            below.Add(Line("w/W +1/+10 users   s/S -1/-10 users   Ctrl-C stops", width, "grey"));
        // One line stays free for the cursor.
        int rows = Math.Max(1, height - 1 - above.Count - below.Count - TableLines);
        return new Rows([.. above, Table(run, width, rows), .. below]);
    }

    private static string Heading(RunSnapshot run, RunTitle title)
    {
        string target = title.Host is null ? title.LoadTest : $"{title.LoadTest} on {title.Host}";
        string time = title.RunTime is { } length ? $"{Numbers.Clock(run.RunTime)} of {Numbers.Clock(length)}" : Numbers.Clock(run.RunTime);
        string phase = run.Phase switch
        {
            RunPhase.Ready => "starting",
            RunPhase.Spawning => "spawning",
            RunPhase.Running => "running",
            RunPhase.Stopping => "stopping",
            _ => "stopped",
        };
        return $"{target}  {phase} {time}";
    }

    private static List<Markup> Figures(RunSnapshot run, int width)
    {
        GeneratorHealth generator = run.Generator;
        bool bound = run.Seconds is [.., { GeneratorBound: true }];
        (string Name, string Value, string Style)[] figures =
        [
            ("users", run.Users == run.TargetUsers ? $"{run.Users}" : $"{run.Users}/{run.TargetUsers}", ""),
            ("req/s", Numbers.ShortRate(run.Aggregated.CurrentRps), ""),
            ("fail/s", Numbers.ShortRate(run.Aggregated.CurrentFailuresPerSecond), run.Aggregated.CurrentFailuresPerSecond > 0 ? "red" : ""),
            ("in flight", $"{run.InFlight}", ""),
            ("oldest", Numbers.Age(run.OldestRequest), run.OldestRequest > TimeSpan.FromSeconds(1) ? "yellow" : ""),
            (
                "generator",
                string.Create(CultureInfo.InvariantCulture, $"{generator.BusyPercent:0}% busy, lag p99 {Numbers.Ms(generator.CurrentLagP99Ms)} ms{(bound ? ", BOUND" : "")}"),
                bound ? "red" : ""),
            .. FailedChecks(run),
        ];
        List<Markup> lines = [];
        string line = "";
        int used = 0;
        foreach ((string name, string value, string style) in figures)
        {
            int needs = name.Length + 1 + value.Length;
            if (used > 0 && used + 2 + needs > width)
            {
                lines.Add(new Markup(line));
                (line, used) = ("", 0);
            }

            line += $"{(used > 0 ? "  " : "")}[grey]{name}[/] {(style.Length > 0 ? $"[{style}]{value}[/]" : value)}";
            used += needs + (used > 0 ? 2 : 0);
        }

        lines.Add(new Markup(line));
        return lines;
    }

    // Worth a place only once there are any.
    private static (string Name, string Value, string Style)[] FailedChecks(RunSnapshot run)
    {
        long failed = run.Checks.Sum(row => row.Fails);
        return failed == 0 ? [] : [("checks failed", $"{Numbers.Count(failed)} of {Numbers.Count(failed + run.Checks.Sum(row => row.Passes))}", "red")];
    }

    private static Table Table(RunSnapshot run, int width, int most)
    {
        // The last line says how many there are beyond the screen; the busiest are the ones to see.
        bool tooMany = run.Series.Count > most;
        List<SeriesRow> rows = tooMany
            ? [.. run.Series.OrderByDescending(row => row.Requests).Take(Math.Max(0, most - 1))]
            : [.. run.Series];
        bool narrow = width < 80;
        int typeWidth = Math.Max(4, rows.Select(row => Cells.Width(Method(row))).DefaultIfEmpty(0).Max());
        List<Column> columns =
        [
            new("# reqs", 0, row => narrow ? Numbers.Short(row.Requests) : Text(row.Requests)),
            new("# fails", 1, row => row.Failures == 0 ? "0" : narrow ? Numbers.Short(row.Failures) : $"{Text(row.Failures)}({Numbers.Percent(row.FailureRatio)})"),
            new("Avg", 7, row => Numbers.Ms(row.All.AverageMs)),
            new("Min", 9, row => Numbers.Ms(row.All.MinMs)),
            new("Max", 6, row => Numbers.Ms(row.All.MaxMs)),
            new("Med", 3, row => Numbers.Ms(row.All.MedianMs)),
            new("p95", 4, row => Numbers.Ms(row.All.Percentile(0.95))),
            new("p99", 5, row => Numbers.Ms(row.All.Percentile(0.99))),
            new("req/s", 2, row => Numbers.ShortRate(row.CurrentRps)),
            new("fail/s", 8, row => Numbers.ShortRate(row.CurrentFailuresPerSecond)),
        ];
        int nameWidth = NameWidth();
        while (nameWidth < NarrowestName && columns.Count > 1)
        {
            columns.Remove(columns.MaxBy(column => column.Rank)!);
            nameWidth = NameWidth();
        }

        Table table = new() { Border = TableBorder.Simple, ShowFooters = true };
        table.AddColumn(new TableColumn("Type") { NoWrap = true });
        table.AddColumn(new TableColumn("Name") { NoWrap = true, Footer = new Text(Cells.Fit(RunSnapshot.AggregatedName, Math.Max(1, nameWidth))) });
        foreach (Column column in columns)
            table.AddColumn(new TableColumn(column.Title) { Alignment = Justify.Right, NoWrap = true, Footer = new Text(column.Value(run.Aggregated)) });
        foreach (SeriesRow row in rows)
        {
            Style style = row.Failures > 0 ? new Style(Color.Red) : Style.Plain;
            table.AddRow(
                [new Text(Method(row)), new Text(Cells.Fit(Cells.Clean(row.Name), Math.Max(1, nameWidth)), style), .. columns.Select(column => new Text(column.Value(row)))]);
        }

        if (tooMany)
            table.AddRow(new Text(""), new Text(Cells.Fit($"({run.Series.Count - rows.Count} more)", Math.Max(1, nameWidth))));
        return table;

        // Three columns of the terminal lie between two columns of the table, and four around all.
        int NameWidth() => width - 1 - typeWidth - 3 * (columns.Count + 2) - columns.Sum(column =>
            Math.Max(column.Title.Length, rows.Append(run.Aggregated).Max(row => column.Value(row).Length)));
    }

    private static string Method(SeriesRow row) => Cells.Fit(Cells.Clean(row.Method), 8);

    private static Markup Bar(RunSnapshot run, TimeSpan length, int width)
    {
        double share = Math.Clamp(run.RunTime / length, 0, 1);
        int room = Math.Max(10, width - 8), full = (int)(share * room);
        return new Markup(string.Create(
            CultureInfo.InvariantCulture, $"[green]{new string('━', full)}[/][grey]{new string('─', room - full)}[/] {share * 100,3:0}%"));
    }

    private static Text Line(string text, int width, string style) => new(Cells.Fit(Cells.Clean(text), width), Style.Parse(style));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    // In a narrow terminal the columns of the highest rank go first.
    private sealed record Column(string Title, int Rank, Func<SeriesRow, string> Value);
}
