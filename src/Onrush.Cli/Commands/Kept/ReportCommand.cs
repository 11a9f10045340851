using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush report RUN: prints what the run printed at its end, from its journal and by the same code; with --html also writes the report file.</summary>
internal sealed class ReportCommand() : KeptRunCommand("report", "prints the report of a run as it was printed at its end, or writes it as one HTML file.", "RUN [options]")
{
    // The same option as that of a run, and shorter: here it is the one file there is.
    private static readonly CommandOption<string> File = new(WebOptions.Html.Name, ValueReader.Text)
    {
        Short = 'o', Group = WebOptions.Html.Group, Argument = WebOptions.Html.Argument, Help = WebOptions.Html.Help,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run, File];

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        HtmlReport report = HtmlReport.Prepare(host, values);
        KeptRun run = KeptRun.Read(Find(values, store, host), host);
        Warn(run.Folded.Problems, host);
        host.Output.Write(FinalReport.Render(run.Last, run.Verdict, host.Width));
        host.Output.Flush();
        if (report.Finish(run.Found.Text, run.Folded, run.Last) is not { } problem)
            return Task.FromResult(ExitCodes.Success);
        host.Error.WriteLine($"onrush: {problem}");
        return Task.FromResult(ExitCodes.ResultsMissing);
    }
}
