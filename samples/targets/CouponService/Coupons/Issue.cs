namespace CouponService.Coupons;

/// <summary>What became of a call.</summary>
internal enum IssueResult
{
    /// <summary>A coupon was issued.</summary>
    Issued,

    /// <summary>In the mode async: the call was noted.</summary>
    Noted,

    /// <summary>The user has one.</summary>
    AlreadyIssued,

    /// <summary>There is none left.</summary>
    SoldOut,

    /// <summary>There is no such event.</summary>
    Unknown,
}

/// <summary>The answer to a call.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Sequence">Number of the coupon, from 1; 0 when none was issued.</param>
internal readonly record struct Issue(IssueResult Result, long Sequence = 0);

/// <summary>An event and its coupons.</summary>
/// <param name="Id">Number of the event.</param>
/// <param name="Quantity">How many there are.</param>
/// <param name="Issued">How many were issued.</param>
internal sealed record Coupon(long Id, long Quantity, long Issued);

/// <summary>What the store really has, counted afresh.</summary>
/// <param name="Quantity">How many coupons there are.</param>
/// <param name="Issued">How many were issued.</param>
/// <param name="DistinctUsers">How many users have at least one.</param>
internal sealed record StoreAudit(long Quantity, long Issued, long DistinctUsers)
{
    /// <summary>Coupons that do not exist and were issued all the same.</summary>
    public long Oversold => Math.Max(0, Issued - Quantity);

    /// <summary>Coupons that went to somebody who had one.</summary>
    public long DoubleIssued => Issued - DistinctUsers;
}
