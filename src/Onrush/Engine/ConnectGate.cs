namespace Onrush.Engine;

/// <summary>Lets a bounded number of connects be under way on one loop; the others wait in line. Owned by its loop.</summary>
internal sealed class ConnectGate(int limit)
{
    private readonly Queue<IConnectWaiter> _waiting = new();
    private int _inFlight;

    /// <summary>True when the caller may connect now; otherwise it is called later.</summary>
    public bool TryEnter(IConnectWaiter waiter)
    {
        if (_inFlight < limit)
        {
            _inFlight++;
            return true;
        }

        _waiting.Enqueue(waiter);
        return false;
    }

    /// <summary>A connect ended; the next in line may begin.</summary>
    public void Leave()
    {
        // One that gave up meanwhile does not take the place.
        while (_waiting.TryDequeue(out var waiter))
        {
            if (waiter.OnMayConnect())
                return;
        }

        _inFlight--;
    }
}

/// <summary>Someone in line for a connect.</summary>
internal interface IConnectWaiter
{
    /// <summary>It is the waiter's turn; false when it has given up.</summary>
    bool OnMayConnect();
}
