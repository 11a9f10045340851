using Onrush.Cli.Options;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush baseline [set RUN]: shows or names the run that others are compared with.</summary>
internal sealed class BaselineCommand() : KeptRunCommand("baseline", "shows or names the run that others are compared with.", "[set RUN]")
{
    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Run];

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        switch (values.Get(Run))
        {
            case []:
                host.Output.WriteLine(store.Baseline ?? "No baseline was named; 'onrush baseline set RUN' does.");
                break;
            case ["set", var text]:
                StoredRun run = RunFinder.Find(store, text, host.Directory).Run is { } found && store.List().Any(r => r.Id == found.Id)
                    ? found
                    : throw new JournalException($"{text} is not kept with the other runs; only one of 'onrush runs' can be the baseline");
                Set(store, run);
                host.Output.WriteLine($"Run {run.Id} is the baseline: onrush compare baseline latest");
                break;
            default:
                throw new OptionException("'onrush baseline' knows only 'set RUN'; without it the baseline is shown");
        }

        host.Output.Flush();
        return Task.FromResult(ExitCodes.Success);
    }

    private static void Set(IRunStore store, StoredRun run)
    {
        try
        {
            store.SetBaseline(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"the baseline cannot be written down: {e.Message}");
        }
    }
}
