using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Cluster;
using Onrush.Runs.Journal;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>A master that stands by: it keeps a copy of the run that another one leads, and carries it on when that one is gone.</summary>
internal sealed class Standby
{
    // A leader that has ended its run in good order leaves at once, and then this one leads.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(15);

    private readonly OptionValues _values;
    private readonly CommandHost _host;
    private readonly LoadedTest _loaded;
    private readonly Log _log;
    private RunRecording? _recording;

    public Standby(OptionValues values, CommandHost host, LoadedTest loaded, Log log)
    {
        (_values, _host, _loaded, _log) = (values, host, loaded, log);
        Follower = new Follower(Begin, Forget, TimeProvider.System);
    }

    /// <summary>Follows the run.</summary>
    public Follower Follower { get; }

    /// <summary>Waits until it leads.</summary>
    /// <param name="head">The log.</param>
    /// <param name="signals">A signal ends the waiting.</param>
    /// <returns>False when there is nothing to lead: a signal came, or the only run is over.</returns>
    public async Task<bool> WaitAsync(ClusterHead head, StopSignals signals)
    {
        using CancellationTokenSource stop = new();
        signals.Attach(_ => stop.Cancel());
        bool once = _values.Get(OptionCatalog.Headless);
        if (once)
            Follower.Closed += () => stop.CancelAfter(LastWait);
        head.Attach(Follower);
        head.Read();
        _log.Info("standing by: when the master that leads is gone, this one carries its run on");
        try
        {
            await head.LeadAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            head.Hold();
        }

        return !(once && Follower is { Run: null, HasSeenEnd: true });
    }

    /// <summary>The run that goes on and has no master any more; null when there is none.</summary>
    /// <exception cref="OptionException">It is one of another load test.</exception>
    public ResumedTest? TakeOver()
    {
        if (Follower.Run is not { Directive.Test: { } plan } run)
            return null;
        if (run.IsOver)
            return null;
        _recording?.Adopt();
        _log.Warning($"The master that led is gone: this one takes over and carries on {plan.Name}.");
        return new ResumedTest(_recording?.Run, run, ChosenTest.Of(_loaded.Definition, plan), plan.Options with { Thresholds = _values.Get(OptionCatalog.Threshold) })
        {
            Recording = _recording,
        };
    }

    /// <summary>Leaves no copy of a run that it does not carry on.</summary>
    public void Leave() => Forget();

    private Action<JournalEntry> Begin(Directive directive)
    {
        TestPlan plan = directive.Test!;
        try
        {
            _recording = RunRecording.Begin(_values, _host, _loaded, ChosenTest.Of(_loaded.Definition, plan), plan.Options, _log);
        }
        catch (Exception e) when (e is OptionException or LoadTestException)
        {
            _log.Warning($"The run of {plan.Name} is followed, and no copy is kept: {e.Message}");
        }

        return entry => _recording?.Enter(entry);
    }

    private void Forget()
    {
        _recording?.Discard();
        _recording = null;
    }
}
