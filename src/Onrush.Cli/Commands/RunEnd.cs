using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Cli.Terminal.Summaries;
using Onrush.Cli.Terminal.Summaries.K6;
using Onrush.Runs;

namespace Onrush.Cli.Commands;

/// <summary>What is printed and written when a run is over: the load test's own files, the summary, the verdict.</summary>
internal sealed class RunEnd(CommandHost host, OptionValues values, Log log)
{
    private const string Output = "stdout", Error = "stderr";

    /// <param name="run">The run.</param>
    /// <param name="ending">What is left of it besides; null where there is nothing.</param>
    /// <param name="verdict">What it comes to.</param>
    public void Show(RunSnapshot run, RunEnding? ending, Verdict verdict)
    {
        IReadOnlyDictionary<string, string> files = ending is null ? new Dictionary<string, string>() : FilesOf(ending);
        if (files.TryGetValue(Output, out string? own))
            host.Output.Write(own);
        else
            host.Output.Write(Summary(run, ending, verdict));
        host.Output.Flush();
        if (files.TryGetValue(Error, out string? more))
            host.Error.Write(more);
        // The other summaries have no place for the verdict, and what reads them expects nothing else there.
        if (own is not null || Style(ending) != SummaryStyle.Onrush)
            host.Error.WriteLine($"onrush: {verdict.Text}");
        foreach ((string path, string text) in files.Where(file => file.Key is not (Output or Error)))
            Write(path, text);
    }

    private string Summary(RunSnapshot run, RunEnding? ending, Verdict verdict)
    {
        Marks marks = Marks.For(host.IsTerminal, host.Environment);
        switch (Style(ending))
        {
            case SummaryStyle.Locust:
                return LocustSummary.Render(run, host.Width);
            case SummaryStyle.K6:
                K6Report report = new K6ReportBuilder(run, ending!.Metrics, values.Get(OptionCatalog.SummaryFull)).Build();
                return new K6Summary(values.Get(OptionCatalog.SummaryTrendStats), values.Get(OptionCatalog.SummaryTimeUnit), marks).Render(report);
            default:
                return FinalReport.Render(run, verdict, host.Width, marks);
        }
    }

    // k6's needs the metrics.
    private SummaryStyle Style(RunEnding? ending) =>
        values.Get(OptionCatalog.Summary) is var style && style == SummaryStyle.K6 && ending is null ? SummaryStyle.Onrush : style;

    private IReadOnlyDictionary<string, string> FilesOf(RunEnding ending)
    {
        try
        {
            return ending.LoadTest.Summarize(ending.Summary) ?? new Dictionary<string, string>();
        }
        catch (Exception e)
        {
            log.Error($"{ending.LoadTest.GetType().Name}.Summarize threw {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            return new Dictionary<string, string>();
        }
    }

    private void Write(string path, string text)
    {
        try
        {
            string full = Path.GetFullPath(path, host.Directory);
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? host.Directory);
            File.WriteAllText(full, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            host.Error.WriteLine($"onrush: {Cells.Clean(path)} of Summarize cannot be written: {Cells.Clean(e.Message)}");
        }
    }
}
