using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Journal;
using Onrush.Runs.Results;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush export RUN: writes the result files of a run that was kept, as the run itself would have.</summary>
internal sealed class ExportCommand() : KeptRunCommand("export", "writes the result files of a run.", "RUN --csv PREFIX | --json-file FILE | ...")
{
    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run, .. ResultFileOptions.All];

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        FoundRun found = Find(values, store, host);
        ResultOptions options = RunResults.Options(host, values) with { StepSummaryFile = null };
        if (!ResultFileOptions.All.Any(values.IsGiven))
            throw new OptionException($"'onrush export' needs to know what to write: {string.Join(", ", ResultFileOptions.All.Select(o => "--" + o.Name))}");
        try
        {
            ResultFiles files = new(options, host.Error.WriteLine, patient: true);
            using Stream journal = found.Open();
            ReplayedRun run = new(journal, double.PositiveInfinity, TimeProvider.System);
            files.Follow(run);
            await run.RunAsync().ConfigureAwait(false);
            Warn(run.Problems, host);
            Verdict verdict = KeptRun.VerdictOf(run.Fold, found);
            RunPlan? plan = run.Plan;
            AboutDocument about = new()
            {
                Producer = $"onrush {ProductVersion.Text}", LoadTest = plan?.LoadTest ?? found.Text, Host = plan?.Host, RunId = found.Run?.Id,
            };
            VerdictDocument document = new() { Passed = verdict.ExitCode == ExitCodes.Success, ExitCode = verdict.ExitCode, Text = verdict.Text };
            IReadOnlyList<string> problems = files.Finish(new RunResult(run.Fold.Snapshot(), about, document));
            foreach (string problem in problems)
                host.Error.WriteLine($"onrush: {problem}");
            return problems.Count > 0 ? ExitCodes.ResultsMissing : ExitCodes.Success;
        }
        catch (ResultFileException e)
        {
            throw new OptionException(e.Message);
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"run {found.Text}: {e.Message}");
        }
    }
}
