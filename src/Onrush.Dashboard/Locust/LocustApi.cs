using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Onrush.Runs;
using Onrush.Runs.Results.Csv;

namespace Onrush.Dashboard;

/// <summary>
/// The endpoints that scripts for Locust use: same names, parameters and shapes. What changes something is POST only, where Locust takes GET for /stop and
/// /stats/reset; <see cref="DashboardOptions.LocustGet"/> lets GET through on loopback.
/// </summary>
internal sealed class LocustApi(ITestSession session, DashboardOptions options, TimeProvider time)
{
    private const int MostLines = 500;

    private readonly LocustClasses _classes = new(session.Form);

    private bool TakesGet => options is { LocustGet: true, IsLoopback: true };

    public IEnumerable<Route> Routes =>
    [
        Route.Post("/swarm", "Locust: starts a run, or changes the users of the one that goes on.", SwarmAsync) with
        {
            IsForm = true, Fields = ["user_count", "spawn_rate", "host", "run_time", "user_classes", "shape_class"],
        },
        Route.Post("/user", "Locust: changes the weight or the fixed count of a user class, for the next run.", _classes.ChangeAsync) with { Fields = ["user_class_name", "weight", "fixed_count"] },
        Route.Post("/stop", "Locust: ends the run; answers when it is over.", StopAsync),
        .. TakesGet ? [Route.Get("/stop", "Locust: ends the run.", StopAsync)] : Array.Empty<Route>(),
        Route.Post("/stats/reset", "Locust: begins the totals anew.", ResetAsync),
        .. TakesGet ? [Route.Get("/stats/reset", "Locust: begins the totals anew.", ResetAsync)] : Array.Empty<Route>(),
        Route.Get("/stats/requests", "Locust: the statistics.", StatsAsync),
        Route.Get("/stats/requests/csv", "Locust: the statistics as a file.", context => CsvAsync(context, "requests", StatsCsv.Of)),
        Route.Get("/stats/failures/csv", "Locust: the failures as a file.", context => CsvAsync(context, "failures", FailuresCsv.Of)),
        Route.Get("/stats/requests_full_history/csv", "Locust: the course of the run as a file.", context => CsvAsync(context, "requests_full_history", HistoryTable.Of)),
        Route.Get("/exceptions/csv", "Locust: the exceptions as a file.", context => CsvAsync(context, "exceptions", ExceptionsCsv.Of)),
        Route.Get("/stats/report", "Locust: the report.", context => RunFiles.WriteAsync(context, RunView.Current(session), "report.html")) with { Query = ["theme", "download"] },
        Route.Get("/exceptions", "Locust: the exceptions.", ExceptionsAsync),
        Route.Get("/tasks", "Locust: the shares of the tasks.", context => Answers.TextAsync(context, session.Ratio(session.Current).ToJson(), "application/json")),
        Route.Get("/logs", "Locust: lines of the log.", LogsAsync),
        Route.Get("/worker-count", "Locust: number of workers.", context => Answers.JsonAsync(context, new Dictionary<string, int> { ["worker_count"] = LocustStats.Others(RunView.Current(session).Workers).Length })),
    ];

    private RunSnapshot Snapshot => session.Current?.Snapshot ?? RunSnapshot.Empty;

    private async Task SwarmAsync(HttpContext context)
    {
        var form = await LocustForm.ReadAsync(context, session.Form).ConfigureAwait(false);
        var asked = form.Options;
        string? refusal = form.Problem;
        string message = "The test has started.";
        try
        {
            if (refusal is null && session.State == SessionState.Running)
            {
                session.ChangeUsers(asked.Users ?? Snapshot.TargetUsers, asked.SpawnRate ?? (Snapshot.SpawnRate > 0 ? Snapshot.SpawnRate : 1));
                message = "The number of users is being changed.";
            }
            else if (refusal is null)
            {
                await session.StartAsync(asked with { UserClasses = _classes.Apply(asked.UserClasses) }).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is StartRefusedException or SessionStateException)
        {
            refusal = e.Message;
        }

        var answer = new Dictionary<string, object?>
        {
            ["success"] = refusal is null,
            ["message"] = refusal ?? message,
            ["host"] = session.Current?.Options.Host ?? asked.Host ?? session.Form.Defaults.Host,
        };
        if (asked.RunTime is { Length: > 0 } runTime)
            answer["run_time"] = runTime;
        if (asked.UserClasses is { Count: > 0 } classes)
            answer["user_classes"] = classes.Select(c => c.Name);
        await Answers.JsonAsync(context, answer).ConfigureAwait(false);
    }

    private async Task StopAsync(HttpContext context)
    {
        try
        {
            await session.StopAsync("Stopped over the network.").WaitAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (SessionStateException)
        {
            // Locust says the same whether or not something ran.
        }

        await Answers.JsonAsync(context, new Dictionary<string, object> { ["success"] = true, ["message"] = "The test has stopped." }).ConfigureAwait(false);
    }

    private async Task ResetAsync(HttpContext context)
    {
        // In Locust a reset clears the figures and nothing else: what is over stays as it is until it is put away.
        if (session.State is SessionState.Running or SessionState.Stopped or SessionState.Failed)
            session.Reset();
        await Answers.TextAsync(context, "ok", "text/html").ConfigureAwait(false);
    }

    private async Task StatsAsync(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            LocustStats.Write(json, Snapshot, session.State, RunView.Current(session).Workers);
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private Task ExceptionsAsync(HttpContext context) => Answers.JsonAsync(context, new Dictionary<string, object>
    {
        ["exceptions"] = Snapshot.Exceptions.Select(row => new Dictionary<string, object>
        {
            ["count"] = row.Count,
            ["msg"] = $"{row.Type}: {row.Message}",
            ["traceback"] = row.StackTrace,
            ["nodes"] = string.Join(", ", row.Workers),
        }),
    });

    private Task LogsAsync(HttpContext context)
    {
        var lines = session.Log.After(0);
        return Answers.JsonAsync(context, new Dictionary<string, object>
        {
            ["master"] = lines.Skip(lines.Count - MostLines).Select(line => string.Create(
                CultureInfo.InvariantCulture, $"[{line.At:yyyy-MM-dd HH:mm:ss.fff}] {line.Level.ToUpperInvariant()} {line.Text}")),
            ["workers"] = new Dictionary<string, object>(),
        });
    }

    private async Task CsvAsync(HttpContext context, string kind, Func<RunSnapshot, string> table)
    {
        var at = time.GetLocalNow();
        var host = session.Current?.Options.Host ?? session.Form.Defaults.Host ?? "";
        var name = string.Create(CultureInfo.InvariantCulture, $"Locust_{at:yyyy-MM-dd-HH'h'mm}_{Plain(session.Title.LoadTest)}_{Plain(host)}_{kind}.csv");
        Answers.Attachment(context, name);
        await Answers.TextAsync(context, table(Snapshot), "text/csv").ConfigureAwait(false);
    }

    // Part of a file's name.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
                plain.Append(c);
            else if (plain.Length > 0 && plain[^1] != '_')
                plain.Append('_');
        }

        return plain.ToString();
    }
}
