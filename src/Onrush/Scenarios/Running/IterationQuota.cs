namespace Onrush.Scenarios;

/// <summary>
/// The iterations that the users of one worker may still begin. Shared iterations are one number for all loops, so that fast users do more wherever they
/// live; it is taken from by an atomic step, once per iteration and never per request. Where each user has its own number, what other workers left undone
/// is one number for those who come in the place of their users.
/// </summary>
internal sealed class IterationQuota(IterationsExecutor executor, BucketSet worker, int loops)
{
    private readonly bool _shared = executor is SharedIterationsExecutor;
    private long _all = executor.TotalOf(worker);
    private long _granted;
    private long _taken;
    private long _dropped;
    private int _loopsLeft = loops;
    private bool _handsBack;

    /// <summary>Whether each user has a number of its own, which nobody else does for it while it is here.</summary>
    public bool IsPerUser => !_shared;

    /// <summary>Iterations that nobody here has begun or counted as dropped.</summary>
    public long Left => Math.Max(0, Volatile.Read(ref _all) - Volatile.Read(ref _taken) - Volatile.Read(ref _dropped));

    /// <summary>Whether some of what others have left undone is still to be done.</summary>
    public bool HasGrant => _shared ? Left > 0 : Volatile.Read(ref _granted) > 0;

    /// <summary>Takes one for a user; false when there is none left for it.</summary>
    public bool TryTake(ScenarioUser user)
    {
        if (_shared)
        {
            // A look first: the counter must not run away while users ask in vain.
            if (Volatile.Read(ref _taken) >= Volatile.Read(ref _all))
                return false;
            if (Interlocked.Increment(ref _taken) > Volatile.Read(ref _all))
            {
                Interlocked.Decrement(ref _taken);
                return false;
            }
        }
        else if (user.IsSuccessor)
        {
            if (Volatile.Read(ref _granted) <= 0)
                return false;
            if (Interlocked.Decrement(ref _granted) < 0)
            {
                Interlocked.Increment(ref _granted);
                return false;
            }

            Interlocked.Increment(ref _taken);
        }
        else if (user.Taken >= executor.Iterations)
        {
            return false;
        }
        else
        {
            Interlocked.Increment(ref _taken);
        }

        user.Taken++;
        return true;
    }

    /// <summary>Adds what another worker has left undone. Any thread.</summary>
    public void Grant(long iterations)
    {
        Interlocked.Add(ref _granted, iterations);
        Interlocked.Add(ref _all, iterations);
    }

    /// <summary>Says that what is left goes to others, so it is not dropped. Any thread.</summary>
    public void HandBack() => Volatile.Write(ref _handsBack, true);

    /// <summary>Called by a loop when it can take no more.</summary>
    /// <returns>How many this loop is to count as dropped.</returns>
    public long Leave()
    {
        if (Interlocked.Decrement(ref _loopsLeft) > 0 || Volatile.Read(ref _handsBack))
            return 0;
        var left = Left;
        Interlocked.Add(ref _dropped, left);
        return left;
    }

    /// <summary>Called by a loop that has left and begins again.</summary>
    public void Return() => Interlocked.Increment(ref _loopsLeft);
}
