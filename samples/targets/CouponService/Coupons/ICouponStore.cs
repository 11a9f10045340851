namespace CouponService.Coupons;

/// <summary>Where coupons are kept. Any number of calls may go on at once.</summary>
internal interface ICouponStore : IAsyncDisposable
{
    /// <summary>Makes an event unless it exists.</summary>
    /// <param name="coupon">Number of the event.</param>
    /// <param name="quantity">How many coupons it has.</param>
    /// <param name="mode">Naive stores let a user have several coupons.</param>
    Task CreateAsync(long coupon, long quantity, IssueMode mode);

    /// <summary>Forgets what was issued and sets the quantity anew.</summary>
    Task ResetAsync(long coupon, long quantity, IssueMode mode);

    /// <summary>Decides and keeps in one step: at most one coupon for each user, at most the quantity in all. Kept when the task completes.</summary>
    ValueTask<Issue> IssueAsync(long coupon, long user);

    /// <summary>What <see cref="IssueAsync"/> would say now; nothing is reserved.</summary>
    ValueTask<IssueResult> LookAsync(long coupon, long user);

    /// <summary>Issues without asking anything. The mode naive is made of this and <see cref="LookAsync"/>.</summary>
    ValueTask<Issue> AppendAsync(long coupon, long user);

    /// <summary>The event; null when there is none.</summary>
    ValueTask<Coupon?> FindAsync(long coupon);

    /// <summary>How many coupons of the event a user has.</summary>
    ValueTask<long> CountAsync(long coupon, long user);

    /// <summary>Counts what is there; null when there is no such event.</summary>
    ValueTask<StoreAudit?> AuditAsync(long coupon);
}
