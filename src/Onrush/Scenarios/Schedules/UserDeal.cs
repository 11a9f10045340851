namespace Onrush.Scenarios;

/// <summary>
/// Numbered work dealt over the users of a scenario: item k is done where the user of slot k % users lives. So a share has work in proportion to its
/// users, and one without users has none; k6 deals shared iterations the same way. Pure arithmetic.
/// </summary>
/// <param name="Share">Whose part.</param>
/// <param name="Users">Number of users of the whole scenario, above 0.</param>
internal readonly record struct UserDeal(BucketSet Share, long Users)
{
    private readonly long _own = Share.CountBelow(Users);

    /// <summary>Number of users of the share.</summary>
    public long OwnUsers => _own;

    /// <summary>Whether the item belongs to the share.</summary>
    public bool Owns(long k) => Share.Owns(k % Users);

    /// <summary>Number of the share's items below <paramref name="n"/>.</summary>
    public long CountBelow(long n) => _own * (n / Users) + Share.CountBelow(n % Users);

    /// <summary>The share's item number <paramref name="i"/>, from 0; only where <see cref="OwnUsers"/> is above 0.</summary>
    public long Nth(long i) => i / _own * Users + Share.Nth(i % _own);

    /// <summary>The share's first item from <paramref name="k"/> on; only where <see cref="OwnUsers"/> is above 0.</summary>
    public long Next(long k) => Nth(CountBelow(k));
}
