using System.Text;
using Microsoft.AspNetCore.Http;
using Onrush.Runs.Results;
using Onrush.Runs.Results.Csv;

namespace Onrush.Dashboard;

/// <summary>The files that the page offers of a run.</summary>
internal static class RunFiles
{
    private static readonly IReadOnlyList<RunFile> All =
    [
        new("requests.csv", "requests", "text/csv", (run, to) => to.Write(Encoding.UTF8.GetBytes(StatsCsv.Of(run.Snapshot)))),
        new("failures.csv", "failures", "text/csv", (run, to) => to.Write(Encoding.UTF8.GetBytes(FailuresCsv.Of(run.Snapshot)))),
        new("exceptions.csv", "exceptions", "text/csv", (run, to) => to.Write(Encoding.UTF8.GetBytes(ExceptionsCsv.Of(run.Snapshot)))),
        new("history.csv", "history", "text/csv", (run, to) => to.Write(Encoding.UTF8.GetBytes(HistoryTable.Of(run.Snapshot)))),
        new("run.json", "run", "application/json", (run, to) => RunDocumentJson.Write(RunDocumentBuilder.Build(run.Snapshot, run.About), to)),
        new("report.html", "report", "text/html", (run, to) => ReportFile.Write(RunAnswer.Of(run, full: true), to)),
    ];

    /// <summary>What can be made by this build.</summary>
    public static IEnumerable<RunFile> Available => All.Where(file => file.Kind != "report" || ReportFile.CanBeMade);

    /// <summary>Sends a file as an attachment; the report is shown unless download=1 says otherwise.</summary>
    /// <exception cref="NotFoundException">There is none of that name, or no run.</exception>
    public static async Task WriteAsync(HttpContext context, RunView run, string name)
    {
        var file = Available.FirstOrDefault(f => f.Name == name) ?? throw new NotFoundException($"There is no file {name}.");
        if (run.Id is null)
            throw new NotFoundException("Nothing was run yet.");
        using var content = new MemoryStream();
        file.Write(run, content);
        var response = context.Response;
        response.ContentType = file.ContentType + "; charset=utf-8";
        if (file.Kind == "report")
            SecurityHeaders.SetForReport(response);
        if (file.Kind != "report" || context.Request.Query["download"] == "1")
            Answers.Attachment(context, $"onrush-{run.Id}-{name}");
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), context.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>One kind of file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Write">Writes it.</param>
internal sealed record RunFile(string Name, string Kind, string ContentType, Action<RunView, Stream> Write);
