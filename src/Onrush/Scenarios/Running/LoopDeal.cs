namespace Onrush.Scenarios;

/// <summary>
/// Which loop of a worker has which of its buckets. What a worker keeps stays on its loop, since users are pinned to theirs; what it gains goes to the loops
/// that have the least. Used by the control thread.
/// </summary>
internal sealed class LoopDeal
{
    private readonly BucketSet[] _shares;

    public LoopDeal(BucketSet share, int loops)
    {
        var dealt = new List<ushort>[loops];
        for (var loop = 0; loop < loops; loop++)
            dealt[loop] = new List<ushort>(share.Count / loops + 1);
        for (var i = 0; i < share.Count; i++)
            dealt[i % loops].Add(share.Buckets[i]);
        _shares = [.. dealt.Select(buckets => new BucketSet([.. buckets]))];
        Share = share;
    }

    /// <summary>Number of loops.</summary>
    public int Loops => _shares.Length;

    /// <summary>What the worker has.</summary>
    public BucketSet Share { get; private set; }

    /// <summary>What a loop has.</summary>
    public BucketSet this[int loop] => _shares[loop];

    /// <summary>The worker has another share from now on.</summary>
    public void Change(BucketSet share)
    {
        var kept = _shares.Select(own => own.Buckets.ToArray().Where(bucket => share.Owns(bucket)).ToList()).ToArray();
        foreach (var bucket in share.Buckets)
        {
            if (!Share.Owns(bucket))
                kept.MinBy(loop => loop.Count)!.Add(bucket);
        }

        for (var loop = 0; loop < _shares.Length; loop++)
            _shares[loop] = new BucketSet([.. kept[loop].Order()]);
        Share = share;
    }
}
