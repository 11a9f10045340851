using System.Runtime.InteropServices;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>
/// Ctrl-C and SIGTERM: the first stops the run gracefully, so that everything is still printed; the second ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<int> _exit;
    private readonly Lock _gate = new();
    private IRunControl? _run;
    private string? _reason;

    /// <param name="exit">Ends the process with a code.</param>
    public StopSignals(Action<int> exit)
    {
        _exit = exit;
        Register(PosixSignal.SIGINT, "Ctrl-C");
        Register(PosixSignal.SIGTERM, "SIGTERM");
    }

    /// <summary>From now on the run is stopped; at once if a signal came already.</summary>
    public void Attach(IRunControl run)
    {
        string? reason;
        lock (_gate)
        {
            _run = run;
            reason = _reason;
        }

        if (reason is not null)
            run.Stop(reason);
    }

    /// <summary>What a signal does.</summary>
    internal void Received(string reason)
    {
        IRunControl? run;
        bool first;
        lock (_gate)
        {
            first = _reason is null;
            _reason ??= reason;
            run = _run;
        }

        if (!first)
            _exit(ExitCodes.Aborted);
        else
            run?.Stop(reason);
    }

    /// <summary>Leaves the signals to the system again.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Register(PosixSignal signal, string reason)
    {
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Received(reason);
        }));
    }
}
