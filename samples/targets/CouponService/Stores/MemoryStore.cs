using CouponService.Coupons;

namespace CouponService.Stores;

/// <summary>Keeps nothing beyond the process. One lock.</summary>
internal sealed class MemoryStore : ICouponStore
{
    private readonly Dictionary<long, CouponLedger> _coupons = [];
    private readonly Lock _lock = new();

    public Task CreateAsync(long coupon, long quantity, IssueMode mode)
    {
        lock (_lock)
            _coupons.TryAdd(coupon, new CouponLedger(coupon, quantity));
        return Task.CompletedTask;
    }

    public Task ResetAsync(long coupon, long quantity, IssueMode mode)
    {
        lock (_lock)
            _coupons[coupon] = new CouponLedger(coupon, quantity);
        return Task.CompletedTask;
    }

    public ValueTask<Issue> IssueAsync(long coupon, long user) => new(With(coupon, new Issue(IssueResult.Unknown), ledger => ledger.TryAdd(user)));

    public ValueTask<IssueResult> LookAsync(long coupon, long user) => new(With(coupon, IssueResult.Unknown, ledger => ledger.Look(user)));

    public ValueTask<Issue> AppendAsync(long coupon, long user) => new(With(coupon, new Issue(IssueResult.Unknown), ledger => ledger.Add(user)));

    public ValueTask<Coupon?> FindAsync(long coupon) => new(With(coupon, null, ledger => (Coupon?)ledger.State));

    public ValueTask<long> CountAsync(long coupon, long user) => new(With(coupon, 0, ledger => ledger.Count(user)));

    public ValueTask<StoreAudit?> AuditAsync(long coupon) => new(With(coupon, null, ledger => (StoreAudit?)ledger.Audit));

    public ValueTask DisposeAsync() => default;

    private T With<T>(long coupon, T otherwise, Func<CouponLedger, T> use)
    {
        lock (_lock)
            return _coupons.TryGetValue(coupon, out var ledger) ? use(ledger) : otherwise;
    }
}
