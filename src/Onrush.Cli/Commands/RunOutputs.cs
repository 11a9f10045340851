using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Outputs;
using Onrush.Outputs.Own;
using Onrush.Outputs.Pipeline;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Results.Requests;
using Onrush.Runs.Store;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>The outputs of a run, from the options to the exit code.</summary>
internal sealed class RunOutputs : IDisposable
{
    private readonly CommandHost _host;
    private readonly OptionValues _values;
    private readonly OutputSet _set;
    private ILiveRun? _run;

    private RunOutputs(CommandHost host, OptionValues values, OutputSet set) => (_host, _values, _set) = (host, values, set);

    /// <summary>Checks what can be checked without asking anyone.</summary>
    /// <exception cref="OptionException">An output cannot be as it was asked for.</exception>
    public static void Check(CommandHost host, OptionValues values, LoadedTest loaded, LoadTestDefinition test, RunOptions options) =>
        Guarded(() => OutputSet.CheckAsync(values.Get(OutOptions.Out), Context(host, values, loaded, test, options, new RequestFeed())));

    /// <summary>Makes the outputs of a run that is about to start, and asks them whether they are ready.</summary>
    /// <exception cref="OptionException">One cannot be as it was asked for. The run is then no longer kept.</exception>
    public static RunOutputs Open(
        CommandHost host, OptionValues values, Log log, LoadedTest loaded, LoadTestDefinition test, RunOptions options, RunRecording recording, RequestFeed requests)
    {
        OutputContext context = Context(host, values, loaded, test, options, requests) with { Warn = log.Warning, Tell = log.Info };
        if (recording.Run is { } run)
            context = context with { RunId = run.Id, Journal = recording.Read };
        try
        {
            return Guarded(() => OpenAsync(host, values, context));
        }
        catch
        {
            recording.Discard();
            throw;
        }
    }

    /// <summary>Makes the outputs for a run that was kept.</summary>
    /// <exception cref="OptionException">One cannot be as it was asked for.</exception>
    public static RunOutputs OfKept(CommandHost host, OptionValues values, Log log, RunPlan? plan, FoundRun found) => Guarded(() => OpenAsync(host, values, new OutputContext
    {
        RunId = found.Run?.Id ?? found.Text,
        LoadTest = plan?.LoadTest ?? found.Text,
        Host = plan?.Host,
        Directory = host.Directory,
        Console = host.Output,
        Warn = log.Warning,
        Tell = log.Info,
        Journal = found.Open,
        IsReplay = true,
    }));

    /// <summary>Sends a run that has not been started yet.</summary>
    public void Follow(IRunControl run)
    {
        _set.Follow(run);
        _run = run as ILiveRun;
        if (!_set.IsEmpty)
            run.SecondFolded += _ => Tell();
    }

    /// <summary>A replay no longer waits for the outputs.</summary>
    public void Hurry() => _set.Hurry();

    /// <summary>Waits until everything was sent, as long as --drain-timeout says or until a signal comes.</summary>
    public async Task DrainAsync(StopSignals signals)
    {
        if (_set.IsEmpty)
            return;
        using CancellationTokenSource abandon = new();
        signals.Take(abandon.Cancel);
        try
        {
            DrainLines lines = new(_host.Error);
            await _set.DrainAsync(_values.Get(OutOptions.DrainTimeout), (ledgers, left) =>
            {
                if (lines.Show(ledgers, left))
                    Tell();
            }, abandon.Token).ConfigureAwait(false);
        }
        finally
        {
            Tell();
            signals.Take(null);
        }
    }

    /// <summary>What a verdict becomes when outputs have to be complete and are not.</summary>
    public Verdict Judge(Verdict verdict)
    {
        if (!_values.Get(OutOptions.RequireOutputs) || verdict.ExitCode != ExitCodes.Success)
            return verdict;
        return _set.Ledgers.FirstOrDefault(ledger => !ledger.IsComplete) is { } incomplete
            ? new Verdict(ExitCodes.OutputsIncomplete, $"FAILED: the run was good, but an output is incomplete: {Cells.Clean(incomplete.Text)}")
            : verdict;
    }

    /// <summary>Prints the accounts. To standard error, since a summary may have the output to itself.</summary>
    public void Print()
    {
        foreach (OutputLedger ledger in _set.Ledgers)
            _host.Error.WriteLine(Cells.Clean($"output {ledger.Text}"));
        foreach (string remark in _set.Remarks)
            _host.Error.WriteLine(Cells.Clean($"output {remark}"));
    }

    /// <summary>The accounts as of now.</summary>
    public IReadOnlyList<OutputRow> Rows => _set.Ledgers;

    /// <summary>Gives up what is still not sent.</summary>
    public void Dispose() => _set.DisposeAsync().AsTask().GetAwaiter().GetResult();

    // So that the page shows what waits.
    private void Tell() => _run?.Sent(Rows);

    private static async Task<RunOutputs> OpenAsync(CommandHost host, OptionValues values, OutputContext context) =>
        new(host, values, await OutputSet.OpenAsync(values.Get(OutOptions.Out), context).ConfigureAwait(false));

    private static OutputContext Context(CommandHost host, OptionValues values, LoadedTest loaded, LoadTestDefinition test, RunOptions options, RequestFeed requests) => new()
    {
        RunId = $"{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}",
        LoadTest = loaded.Name,
        Host = RunPlan.WithoutPassword(options.Host),
        Directory = host.Directory,
        Console = host.Output,
        Warn = _ => { },
        Requests = MasterRuns.AreWanted(values) ? null : requests,
        Own = OwnOutputs.Of(test),
    };

    private static T Guarded<T>(Func<Task<T>> open)
    {
        try
        {
            return open().GetAwaiter().GetResult();
        }
        catch (OutputException e)
        {
            throw new OptionException($"--{OutOptions.Out.Name}: {e.Message}");
        }
    }
}
