namespace Onrush;

/// <summary>Hears of a finished request.</summary>
/// <param name="request">Valid during the call; copy what is to be kept.</param>
public delegate void RequestFinishedHandler(in RequestFinished request);

/// <summary>
/// What a load test can listen to while it runs. Handlers are called on the engine's loops, several at once and before the request
/// returns to its user: they must be fast and safe for several threads. What a handler throws is reported once per text; the other
/// handlers still run. Subscribe before the run starts.
/// </summary>
public sealed class TestEvents
{
    /// <summary>After each request and measured operation, except those that were cut with their user.</summary>
    public event RequestFinishedHandler? RequestFinished;

    /// <summary>After each exception that user code did not catch.</summary>
    public event Action<UserErrorRaised>? UserError;

    /// <summary>Hears what handlers throw.</summary>
    internal event Action<Exception>? HandlerFailed;

    /// <summary>Whether anybody listens: without, nothing needs to be gathered.</summary>
    internal bool HearsRequests => RequestFinished is not null;

    internal void Raise(in RequestFinished request)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(RequestFinished))
        {
            try
            {
                handler(in request);
            }
            catch (Exception e)
            {
                HandlerFailed?.Invoke(e);
            }
        }
    }

    internal void Raise(UserErrorRaised error)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(UserError))
        {
            try
            {
                handler(error);
            }
            catch (Exception e)
            {
                HandlerFailed?.Invoke(e);
            }
        }
    }
}
