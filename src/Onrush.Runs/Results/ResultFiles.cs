using Onrush.Measurement;
using Onrush.Runs.Results.Csv;
using Onrush.Runs.Results.Requests;

namespace Onrush.Runs.Results;

/// <summary>The files that a run was asked for: checked before it starts, kept up to date where that is promised, written at its end.</summary>
internal sealed class ResultFiles
{
    private readonly ResultOptions _options;
    private readonly IReadOnlyList<(string Option, string Path, Action<RunResult, Stream> Write)> _atTheEnd;
    private readonly CsvFiles? _csv;
    private readonly RequestFeed _feed;
    private readonly RequestLog? _requests;

    /// <param name="options">Which files.</param>
    /// <param name="warn">Takes a sentence about trouble while the run goes on.</param>
    /// <param name="feed">Gives the requests of the run one by one; null where there is none, as for a run that is over.</param>
    /// <param name="patient">True for a run that is played from its journal: it waits for the disk.</param>
    /// <exception cref="ResultFileException">One of them cannot be written.</exception>
    public ResultFiles(ResultOptions options, Action<string> warn, RequestFeed? feed = null, bool patient = false)
    {
        (_options, _feed) = (options, feed ?? new RequestFeed());
        _atTheEnd =
        [
            .. Wanted("--json-file", options.JsonFile, (result, stream) => RunDocumentJson.Write(result.Document, stream)),
            .. Wanted("--junit", options.JUnitFile, JUnitXml.Write),
            .. Wanted("--markdown", options.MarkdownFile, (result, stream) => stream.Write(System.Text.Encoding.UTF8.GetBytes(MarkdownSummary.Of(result)))),
        ];
        foreach (var (option, path, _) in _atTheEnd)
            AtomicFile.Check(option, path);
        foreach (string path in options.CsvPrefix is { } prefix ? CsvFiles.Paths(prefix) : [])
            AtomicFile.Check("--csv", path);
        if (options.RequestLogFile is { } log)
            _feed.Add(_requests = new RequestLog(RequestLogFiles.Of(log), warn));
        if (options.CsvPrefix is not null)
            _csv = new CsvFiles(options.CsvPrefix, options.CsvFullHistory, patient, warn);
    }

    /// <summary>Follows a run that has not been started yet.</summary>
    public void Follow(IRunControl run)
    {
        if (_csv is null && _requests is null)
            return;
        if (run is IReportSource source)
            source.ReportFolded += Add;
        run.SecondFolded += Add;
    }

    /// <summary>Counts a report for the second that is under way.</summary>
    public void Add(IntervalReport report) => _csv?.Add(report);

    /// <summary>Ends a second.</summary>
    public void Add(RunSnapshot run)
    {
        _csv?.Add(run);
        if (_requests is not null)
            _requests.Users = run.Users;
    }

    /// <summary>Writes every file as it stays; returns a sentence for each that could not be written.</summary>
    public IReadOnlyList<string> Finish(RunResult result)
    {
        _feed.Finish();
        List<string> problems = [.. _csv?.Finish(result.Run) ?? [], .. _requests?.Finish() ?? []];
        foreach (var (option, path, write) in _atTheEnd)
            Try(option, path, () => AtomicFile.Write(path, stream => write(result, stream)), problems);
        if (_options.StepSummaryFile is { } summary)
            Try("GITHUB_STEP_SUMMARY", summary, () => File.AppendAllText(summary, MarkdownSummary.Of(result)), problems);
        return problems;
    }

    private static void Try(string option, string path, Action write, List<string> problems)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{option}: {path} was not written: {e.Message}");
        }
    }

    private static IEnumerable<(string Option, string Path, Action<RunResult, Stream> Write)> Wanted(
        string option, string? path, Action<RunResult, Stream> write) => path is null ? [] : [(option, path, write)];
}
