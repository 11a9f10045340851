using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Spectre.Console;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush replay RUN: shows a run second by second on the screens of a run that goes on.</summary>
internal sealed class ReplayCommand() : KeptRunCommand("replay", "shows a run as it was, second by second, or sends it to outputs.", "RUN [--out TYPE=WHERE] [options]")
{
    private const string AtOnce = "max";
    private const double Fastest = 1_000_000;

    /// <summary>How fast.</summary>
    public static readonly CommandOption<double> Speed = new("speed", ReadSpeed)
    {
        Group = "How", Argument = "N", Default = 1, DefaultText = "1", CommandLineOnly = true,
        Help = "N times as fast as it was; max waits for nothing, and is the default with --out.",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run, Speed, .. OutOptions.Sending];

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        FoundRun found = Find(values, store, host);
        try
        {
            using Stream journal = found.Open();
            bool sends = values.Get(OutOptions.Out).Count > 0;
            double speed = sends && !values.IsGiven(Speed) ? double.PositiveInfinity : values.Get(Speed);
            return await ShowAsync(new ReplayedRun(journal, speed, TimeProvider.System), found, values, host).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"run {found.Text}: {e.Message}");
        }
    }

    private static async Task<int> ShowAsync(ReplayedRun run, FoundRun found, OptionValues values, CommandHost host)
    {
        using Log log = new(LogLevel.Info, host.Error.WriteLine, file: null, TimeProvider.System);
        using StopSignals signals = new(System.Environment.Exit);
        RunPlan? plan = run.Plan;
        using RunOutputs outputs = RunOutputs.OfKept(host, values, log, plan, found);
        outputs.Follow(run);
        signals.Attach(reason =>
        {
            run.Stop(reason);
            outputs.Hurry();
        });
        IRunScreen screen = values.Get(OutOptions.Out).Count > 0 && !values.IsGiven(Speed)
            ? new SilentScreen()
            : Screen(new RunTitle(plan?.LoadTest ?? found.Text, plan?.Host, plan?.RunTime), log, host);
        await screen.ShowAsync(run, run.RunAsync()).ConfigureAwait(false);
        await outputs.DrainAsync(signals).ConfigureAwait(false);
        Warn(run.Problems, host);
        Verdict verdict = run.IsCut
            ? new Verdict(ExitCodes.Success, $"The replay was stopped at {Numbers.Clock(run.Snapshot.RunTime)}.")
            : KeptRun.VerdictOf(run.Fold, found);
        outputs.Print();
        host.Output.Write(FinalReport.Render(run.Snapshot, verdict, host.Width));
        host.Output.Flush();
        return outputs.Judge(new Verdict(ExitCodes.Success, "")).ExitCode;
    }

    private static IRunScreen Screen(RunTitle title, Log log, CommandHost host) =>
        host.IsTerminal ? LiveScreenOf(title, log) : new PlainScreen(host.Output);

    // In a method of its own so that nothing of Spectre.Console is loaded where there is no terminal.
    private static LiveScreen LiveScreenOf(RunTitle title, Log log) => new(AnsiConsole.Console, title, log, keys: false);

    private static double ReadSpeed(IReadOnlyList<string> texts) =>
        AtOnce.Equals(ValueReader.Text(texts), StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity : ValueReader.PositiveNumber(Fastest)(texts);
}
