using Onrush.Cli.Options;
using Onrush.Dashboard;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Results;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>The file of --html.</summary>
internal sealed class HtmlReport
{
    private const string Option = "--html";

    private readonly string? _path;

    private HtmlReport(string? path) => _path = path;

    /// <summary>Checks that the file could be written.</summary>
    /// <exception cref="OptionException">It could not, or this build has no page to make it from.</exception>
    public static HtmlReport Prepare(CommandHost host, OptionValues values)
    {
        if (values.Get(WebOptions.Html) is not { } file)
            return new HtmlReport(null);
        if (!ReportFile.CanBeMade)
            throw new OptionException($"{Option}: {PageFiles.Missing}");
        string path = Path.GetFullPath(file, host.Directory);
        try
        {
            AtomicFile.Check(Option, path);
        }
        catch (ResultFileException e)
        {
            throw new OptionException(e.Message);
        }

        return new HtmlReport(path);
    }

    /// <summary>Writes the report of a run that is over; returns why not in a sentence, or null.</summary>
    public string? Finish(string name, LoadTestDefinition test, RunOptions options, IRunControl run) => _path is null ? null : Write(new RunView(
        $"{run.Snapshot.StartTime:yyyyMMdd-HHmmss}", run.Snapshot, (run as ILiveRun)?.Course ?? new RunCourse(), name, options,
        UserShares.Ratio(test, options.Users), ProductVersion.Text));

    /// <summary>The same for a run that was kept.</summary>
    public string? Finish(string id, FoldedRun run, RunSnapshot last) => _path is null ? null : Write(RunView.OfKept(id, run, last, ProductVersion.Text));

    private string? Write(RunView view)
    {
        try
        {
            AtomicFile.Write(_path!, stream => ReportFile.Write(RunAnswer.Of(view, full: true), stream));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Option}: {_path} was not written: {e.Message}";
        }
    }
}
