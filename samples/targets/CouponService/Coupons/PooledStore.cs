namespace CouponService.Coupons;

/// <summary>A store behind a pool of a few places, as of database connections.</summary>
/// <param name="store">The store.</param>
/// <param name="places">Calls that go on at once; 0 is no limit.</param>
/// <param name="wait">How long a call waits for a place.</param>
/// <param name="delay">Work of each call while it has its place.</param>
internal sealed class PooledStore(ICouponStore store, int places, TimeSpan wait, TimeSpan delay)
{
    private readonly SemaphoreSlim? _free = places > 0 ? new SemaphoreSlim(places) : null;

    /// <summary>The store itself, for what administrators ask.</summary>
    public ICouponStore Direct => store;

    /// <summary>Calls the store with a place of the pool.</summary>
    /// <exception cref="TimeoutException">No place became free in time.</exception>
    public async ValueTask<T> UseAsync<T>(Func<ICouponStore, ValueTask<T>> call)
    {
        if (_free is not null && !await _free.WaitAsync(wait))
            throw new TimeoutException($"no place in the pool of {places} within {wait.TotalSeconds:0.#} s");
        try
        {
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay);
            return await call(store);
        }
        finally
        {
            _free?.Release();
        }
    }
}
