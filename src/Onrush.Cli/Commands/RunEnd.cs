using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Cli.Terminal.Summaries;
using Onrush.Cli.Terminal.Summaries.K6;
using Onrush.Runs;

namespace Onrush.Cli.Commands;

/// <summary>The end of a run: the load test's own files, the summary, the verdict.</summary>
internal sealed class RunEnd
{
    private const string Output = "stdout", Error = "stderr";

    private readonly CommandHost _host;
    private readonly OptionValues _values;
    private readonly Log _log;
    private readonly RunSnapshot _run;
    private readonly RunEnding? _ending;
    private readonly Verdict _verdict;
    private readonly IReadOnlyDictionary<string, string> _files;

    /// <param name="host">Where to print.</param>
    /// <param name="values">The options.</param>
    /// <param name="log">The log.</param>
    /// <param name="run">The run.</param>
    /// <param name="ending">What is left of it besides; null where there is nothing.</param>
    /// <param name="verdict">What it comes to.</param>
    public RunEnd(CommandHost host, OptionValues values, Log log, RunSnapshot run, RunEnding? ending, Verdict verdict)
    {
        (_host, _values, _log, _run, _ending, _verdict) = (host, values, log, run, ending, verdict);
        _files = ending is null ? new Dictionary<string, string>() : FilesOf(ending);
    }

    /// <summary>Prints the summary, or what the load test has in its place, and the verdict.</summary>
    public void Print()
    {
        bool replaced = _files.TryGetValue(Output, out string? own);
        _host.Output.Write(own ?? Summary());
        _host.Output.Flush();
        if (_files.TryGetValue(Error, out string? more))
            _host.Error.Write(more);
        // The other summaries have no place for the verdict, and what reads them expects nothing else there.
        if (replaced || Style != SummaryStyle.Onrush)
            _host.Error.WriteLine($"onrush: {_verdict.Text}");
    }

    /// <summary>Writes the load test's files.</summary>
    /// <returns>Whether all of them could be.</returns>
    public bool WriteFiles()
    {
        bool all = true;
        foreach ((string path, string text) in _files.Where(file => file.Key is not (Output or Error)))
            all &= Write(path, text);
        return all;
    }

    // k6's needs the metrics.
    private SummaryStyle Style => _values.Get(OptionCatalog.Summary) is var style && style == SummaryStyle.K6 && _ending is null ? SummaryStyle.Onrush : style;

    private string Summary()
    {
        Marks marks = Marks.For(_host.IsTerminal, _host.Environment);
        switch (Style)
        {
            case SummaryStyle.Locust:
                return LocustSummary.Render(_run, _host.Width);
            case SummaryStyle.K6:
                K6Report report = new K6ReportBuilder(_run, _ending!.Metrics, _values.Get(OptionCatalog.SummaryFull)).Build();
                return new K6Summary(_values.Get(OptionCatalog.SummaryTrendStats), _values.Get(OptionCatalog.SummaryTimeUnit), marks).Render(report);
            default:
                return FinalReport.Render(_run, _verdict, _host.Width, marks);
        }
    }

    private IReadOnlyDictionary<string, string> FilesOf(RunEnding ending)
    {
        try
        {
            return ending.LoadTest.Summarize(ending.Summary) ?? new Dictionary<string, string>();
        }
        catch (Exception e)
        {
            _log.Error($"{ending.LoadTest.GetType().Name}.Summarize threw {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            return new Dictionary<string, string>();
        }
    }

    private bool Write(string path, string text)
    {
        try
        {
            string full = Path.GetFullPath(path, _host.Directory);
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? _host.Directory);
            File.WriteAllText(full, text);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _host.Error.WriteLine($"onrush: {Cells.Clean(path)} of Summarize cannot be written: {Cells.Clean(e.Message)}");
            return false;
        }
    }
}
