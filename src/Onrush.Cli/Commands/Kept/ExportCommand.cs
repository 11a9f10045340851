using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Journal;
using Onrush.Runs.Results;
using Onrush.Runs.Results.Requests;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush export RUN: writes the result files of a run that was kept, as the run itself would have.</summary>
internal sealed class ExportCommand() : KeptRunCommand("export", "writes the result files of a run.", "RUN --csv PREFIX | --json-file FILE | ...")
{
    /// <summary>Every request.</summary>
    public static readonly CommandOption<string> Jtl = new("jtl", ValueReader.Text)
    {
        Group = "Result files", Argument = "FILE", CommandLineOnly = true,
        Help = "Write every request as JMeter does (JTL, CSV); only of a run that was started with --request-log.",
    };

    private static readonly IReadOnlyList<CommandOption> Files = [.. ResultFileOptions.OfKept, Jtl];

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run, .. Files];

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        FoundRun found = Find(values, store, host);
        ResultOptions options = RunResults.Options(host, values) with { StepSummaryFile = null };
        if (!Files.Any(values.IsGiven))
            throw new OptionException($"'onrush export' needs to know what to write: {string.Join(", ", Files.Select(o => "--" + o.Name))}");
        try
        {
            ResultFiles files = new(options, host.Error.WriteLine, patient: true);
            using Stream journal = ReadProgress.Over(found.Open(), host, found.Text);
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
            List<string> problems = [.. files.Finish(new RunResult(run.Fold.Snapshot(), about, document))];
            if (values.Get(Jtl) is { } jtl)
                WriteRequests(plan, Path.GetFullPath(jtl, host.Directory), problems);
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

    private static void WriteRequests(RunPlan? plan, string path, List<string> problems)
    {
        if (plan?.Document["requestLog"]?.ToString() is not { Length: > 0 } log)
        {
            problems.Add("--jtl: this run has no request log; start a run with --request-log FILE to have one");
            return;
        }

        try
        {
            AtomicFile.Write(path, stream => JtlExport.Write(RequestLogFiles.Of(log), stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problems.Add($"--jtl: {path} was not written: {e.Message}");
        }
    }
}
