using System.Runtime.InteropServices;

namespace Onrush.Cli.Terminal;

/// <summary>
/// Ctrl-C and SIGTERM: the first stops the run gracefully, so that everything is still printed; the second ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<int> _exit;
    private readonly Lock _gate = new();
    private Action<string>? _stop;
    private string? _reason;
    private Action? _taker;

    /// <param name="exit">Ends the process with a code.</param>
    public StopSignals(Action<int> exit)
    {
        _exit = exit;
        Register(PosixSignal.SIGINT, "Ctrl-C");
        Register(PosixSignal.SIGTERM, "SIGTERM");
    }

    /// <summary>From now on a signal does this; at once if one came already.</summary>
    /// <param name="stop">Ends what is going on gracefully, for the reason given.</param>
    public void Attach(Action<string> stop)
    {
        string? reason;
        lock (_gate)
        {
            _stop = stop;
            reason = _reason;
        }

        if (reason is not null)
            stop(reason);
    }

    /// <summary>Until null is given, a signal does this and nothing else: when the run is over already, and something after it can be cut short.</summary>
    public void Take(Action? taker)
    {
        lock (_gate)
            _taker = taker;
    }

    /// <summary>What a signal does.</summary>
    internal void Received(string reason)
    {
        Action<string>? stop;
        Action? taker;
        bool first;
        lock (_gate)
        {
            taker = _taker;
            first = _reason is null;
            _reason ??= reason;
            stop = _stop;
        }

        if (taker is not null)
            taker();
        else if (!first)
            _exit(ExitCodes.Aborted);
        else
            stop?.Invoke(reason);
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
