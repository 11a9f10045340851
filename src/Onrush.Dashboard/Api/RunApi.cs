using System.Globalization;
using Microsoft.AspNetCore.Http;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>What a run has given: everything, single endpoints, the log, files.</summary>
internal sealed class RunApi(ITestSession session, KeptRuns? kept)
{
    public IEnumerable<Route> Routes =>
    [
        Route.Get("/api/v1/run", "All that is shown of the run that goes on, or of the last one; with full=1 also the course of each endpoint.", RunAsync) with { Query = ["full"] },
        Route.Get("/api/v1/run/series", "The course of one endpoint.", SeriesAsync) with { Query = ["scenario", "method", "name"] },
        Route.Get("/api/v1/runs", "The runs that are known, newest first.", RunsAsync),
        Route.Get("/api/v1/runs/{id}", "All that is shown of one run.", RunAsync),
        Route.Get("/api/v1/runs/{id}/series", "The course of one endpoint of one run.", SeriesAsync) with { Query = ["scenario", "method", "name"] },
        Route.Get("/api/v1/download", "The files that there are of the run.", FilesAsync),
        Route.Get("/api/v1/download/{name}", "One of them.", FileAsync),
        Route.Get("/api/v1/runs/{id}/download", "The files that there are of one run.", FilesAsync),
        Route.Get("/api/v1/runs/{id}/download/{name}", "One of them.", FileAsync),
        Route.Get("/api/v1/logs", "Lines of the log after the one with a number; the last 500 at most.", LogsAsync) with { Query = ["after"] },
        Route.Get("/api/v1/failures", "The failures of the run.", context => Answers.JsonAsync(context, new { Find(context).Document().Failures })),
        Route.Get("/api/v1/exceptions", "The exceptions of the run.", context => Answers.JsonAsync(context, new { Find(context).Document().Exceptions })),
        Route.Get("/api/v1/targets", "Measurements of the target itself and their course.", context => Answers.JsonAsync(context, new { Targets = TargetColumns.Of(Find(context).Snapshot) })),
        Route.Get("/api/v1/tasks", "The shares of the tasks.", context => Answers.JsonAsync(context, RatioDocument.Of(Find(context).Ratio))),
        Route.Get("/api/v1/findings", "What was understood from the run.", context => Answers.JsonAsync(context, new { Findings = RunAnalysis.Findings(Find(context).Snapshot) })),
    ];

    private const int MostLines = 500;

    private Task RunAsync(HttpContext context)
    {
        bool full = context.Request.RouteValues.ContainsKey("id") || context.Request.Query["full"] == "1";
        return Answers.JsonAsync(context, RunAnswer.Of(Find(context), full));
    }

    private Task SeriesAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var key = new EndpointKey(query["scenario"].ToString(), query["method"].ToString(), query["name"].ToString());
        return Answers.JsonAsync(context, SeriesColumns.Of(Find(context), key) ?? throw new NotFoundException($"There is no endpoint {key.Method} {key.Name} in this run."));
    }

    private Task RunsAsync(HttpContext context) => Answers.JsonAsync(context, new
    {
        Runs = session.Runs.Select(run => RunEntry.Of(RunView.Of(session, run))).Concat(kept?.List() ?? []),
    });

    private Task LogsAsync(HttpContext context)
    {
        string text = context.Request.Query["after"].ToString();
        long after = 0;
        if (text.Length > 0 && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new BadRequestException("after must be the number of a line.");
        var lines = session.Log.After(after);
        return Answers.JsonAsync(context, new { Lines = lines.Skip(lines.Count - MostLines).Select(l => new { l.Number, l.At, l.Level, l.Text, Source = "master" }), session.Log.Last });
    }

    private Task FilesAsync(HttpContext context)
    {
        var run = Find(context);
        return Answers.JsonAsync(context, new { Downloads = run.Id is null ? [] : RunFiles.Available.Select(file => new { file.Name, file.Kind }) });
    }

    private Task FileAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return RunFiles.WriteAsync(context, Find(context), name);
    }

    private RunView Find(HttpContext context)
    {
        if (context.Request.RouteValues["id"] is not string id || id == "current")
            return RunView.Current(session);
        return session.Runs.FirstOrDefault(run => run.Id == id) is { } found
            ? RunView.Of(session, found)
            : kept?.Find(id) ?? throw new NotFoundException($"There is no run {id}.");
    }
}
