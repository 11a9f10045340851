using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Spectre.Console;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush replay RUN: shows a run second by second on the screens of a run that goes on.</summary>
internal sealed class ReplayCommand() : KeptRunCommand("replay", "shows a run as it was, second by second.", "RUN [options]")
{
    private const string AtOnce = "max";
    private const double Fastest = 1_000_000;

    /// <summary>How fast.</summary>
    public static readonly CommandOption<double> Speed = new("speed", ReadSpeed)
    {
        Group = "How", Argument = "N", Default = 1, DefaultText = "1", CommandLineOnly = true,
        Help = "N times as fast as it was; max waits for nothing.",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run, Speed];

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        FoundRun found = Find(values, store, host);
        try
        {
            using Stream journal = found.Open();
            await ShowAsync(new ReplayedRun(journal, values.Get(Speed), TimeProvider.System), found, host).ConfigureAwait(false);
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"run {found.Text}: {e.Message}");
        }
    }

    private static async Task ShowAsync(ReplayedRun run, FoundRun found, CommandHost host)
    {
        using Log log = new(LogLevel.Info, host.Error.WriteLine, file: null, TimeProvider.System);
        using StopSignals signals = new(System.Environment.Exit);
        signals.Attach(run.Stop);
        RunPlan? plan = run.Plan;
        await Screen(new RunTitle(plan?.LoadTest ?? found.Text, plan?.Host, plan?.RunTime), log, host).ShowAsync(run, run.RunAsync()).ConfigureAwait(false);
        Warn(run.Problems, host);
        Verdict verdict = run.IsCut
            ? new Verdict(ExitCodes.Success, $"The replay was stopped at {Numbers.Clock(run.Snapshot.RunTime)}.")
            : KeptRun.VerdictOf(run.Fold, found);
        host.Output.Write(FinalReport.Render(run.Snapshot, verdict, host.Width));
        host.Output.Flush();
    }

    private static IRunScreen Screen(RunTitle title, Log log, CommandHost host) =>
        host.IsTerminal ? LiveScreenOf(title, log) : new PlainScreen(host.Output);

    // In a method of its own so that nothing of Spectre.Console is loaded where there is no terminal.
    private static LiveScreen LiveScreenOf(RunTitle title, Log log) => new(AnsiConsole.Console, title, log, keys: false);

    private static double ReadSpeed(IReadOnlyList<string> texts) =>
        AtOnce.Equals(ValueReader.Text(texts), StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity : ValueReader.PositiveNumber(Fastest)(texts);
}
