using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush report RUN: prints what the run printed at its end, from its journal and by the same code.</summary>
internal sealed class ReportCommand() : KeptRunCommand("report", "prints the report of a run as it was printed at its end.", "RUN [options]")
{
    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run];

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        KeptRun run = KeptRun.Read(Find(values, store, host));
        Warn(run.Folded.Problems, host);
        host.Output.Write(FinalReport.Render(run.Last, run.Verdict, host.Width));
        host.Output.Flush();
        return Task.FromResult(ExitCodes.Success);
    }
}
