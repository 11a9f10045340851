namespace CouponService.Limits;

/// <summary>
/// The threads of a server with a thread for each request: so many requests are worked on at once, the others wait in line. A permit stands
/// for a thread; real ones would queue in the same way and only cost memory.
/// </summary>
/// <param name="threads">How many; 0 is no limit.</param>
/// <param name="mostWaiting">Requests that may wait; 0 is no limit.</param>
/// <param name="work">How long each request keeps its thread at least.</param>
internal sealed class WorkThreads(int threads, int mostWaiting, TimeSpan work)
{
    private readonly SemaphoreSlim? _free = threads > 0 ? new SemaphoreSlim(threads) : null;
    private int _waiting;

    /// <summary>Takes a thread, and does the work that every request has.</summary>
    /// <param name="more">Further work of this request.</param>
    /// <returns>False when too many are waiting; then nothing was taken.</returns>
    public async ValueTask<bool> TakeAsync(TimeSpan more)
    {
        if (_free is not null && !_free.Wait(0))
        {
            if (Interlocked.Increment(ref _waiting) > mostWaiting && mostWaiting > 0)
            {
                Interlocked.Decrement(ref _waiting);
                return false;
            }
            await _free.WaitAsync();
            Interlocked.Decrement(ref _waiting);
        }
        if (work + more > TimeSpan.Zero)
            await Task.Delay(work + more);
        return true;
    }

    /// <summary>Gives it back.</summary>
    public void Release() => _free?.Release();
}
