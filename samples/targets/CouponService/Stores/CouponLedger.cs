using CouponService.Coupons;

namespace CouponService.Stores;

/// <summary>The coupons of one event in memory. Not safe for several threads: its owner holds a lock or is alone.</summary>
internal sealed class CouponLedger(long id, long quantity)
{
    // Every coupon that was issued, also a second one for the same user, which only the mode naive can make.
    private readonly Dictionary<long, int> _users = [];
    private long _issued;

    public Coupon State => new(id, quantity, _issued);

    public StoreAudit Audit => new(quantity, _users.Values.Sum(count => (long)count), _users.Count);

    public IssueResult Look(long user) =>
        _users.ContainsKey(user) ? IssueResult.AlreadyIssued : _issued >= quantity ? IssueResult.SoldOut : IssueResult.Issued;

    public Issue Add(long user)
    {
        _users[user] = _users.GetValueOrDefault(user) + 1;
        return new Issue(IssueResult.Issued, ++_issued);
    }

    public Issue TryAdd(long user) => Look(user) is var result && result == IssueResult.Issued ? Add(user) : new Issue(result);

    public long Count(long user) => _users.GetValueOrDefault(user);
}
