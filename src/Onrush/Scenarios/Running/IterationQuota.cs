namespace Onrush.Scenarios;

/// <summary>
/// The iterations that the users of one worker may still begin. Shared iterations are one number for all loops, so that fast users do more wherever they
/// live; it is taken from by an atomic step, once per iteration and never per request. Where each user has its own number nothing is shared.
/// </summary>
internal sealed class IterationQuota(IterationsExecutor executor, WorkShare worker, int loops)
{
    private readonly bool _shared = executor is SharedIterationsExecutor;
    private readonly long _all = executor.TotalOf(worker);
    private long _taken;
    private int _loopsLeft = loops;

    /// <summary>Takes one for a user; false when there is none left for it.</summary>
    public bool TryTake(ScenarioUser user)
    {
        if (_shared)
        {
            // A look first: the counter must not run away while users ask in vain.
            if (Volatile.Read(ref _taken) >= _all || Interlocked.Increment(ref _taken) > _all)
                return false;
        }
        else if (user.Taken >= executor.Iterations)
        {
            return false;
        }

        user.Taken++;
        return true;
    }

    /// <summary>Called by each loop once, when it can take no more.</summary>
    /// <param name="share">The loop's part of the users.</param>
    /// <param name="takenByLoop">Iterations that its users have taken.</param>
    /// <returns>How many this loop is to count as dropped.</returns>
    public long Leave(WorkShare share, long takenByLoop)
    {
        if (!_shared)
            return executor.TotalOf(share) - takenByLoop;
        return Interlocked.Decrement(ref _loopsLeft) == 0 ? Math.Max(0, _all - Volatile.Read(ref _taken)) : 0;
    }
}
