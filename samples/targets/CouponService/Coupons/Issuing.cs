using System.Threading.Channels;

namespace CouponService.Coupons;

/// <summary>How a call is answered. A mode each.</summary>
internal abstract class Issuing(PooledStore store) : IAsyncDisposable
{
    /// <summary>Where coupons are kept.</summary>
    public PooledStore Store => store;

    /// <summary>Calls that were answered and are not decided yet.</summary>
    public virtual long Pending => 0;

    /// <summary>The one of the options.</summary>
    public static Issuing Of(CouponOptions options, PooledStore store) => options.Mode switch
    {
        IssueMode.Naive => new NaiveIssuing(store, TimeSpan.FromMilliseconds(options.NaiveGap)),
        IssueMode.Async => new AsyncIssuing(store),
        _ => new AtomicIssuing(store),
    };

    /// <summary>Answers a call.</summary>
    public abstract ValueTask<Issue> CallAsync(long coupon, long user);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => default;
}

/// <summary>Decided and kept before the answer.</summary>
internal sealed class AtomicIssuing(PooledStore store) : Issuing(store)
{
    /// <inheritdoc/>
    public override ValueTask<Issue> CallAsync(long coupon, long user) => Store.UseAsync(one => one.IssueAsync(coupon, user));
}

/// <summary>Check, then act: what lies between is room for a second call.</summary>
internal sealed class NaiveIssuing(PooledStore store, TimeSpan gap) : Issuing(store)
{
    /// <inheritdoc/>
    public override async ValueTask<Issue> CallAsync(long coupon, long user)
    {
        var seen = await Store.UseAsync(one => one.LookAsync(coupon, user));
        if (seen != IssueResult.Issued)
            return new Issue(seen);
        await Task.Delay(gap);
        return await Store.UseAsync(one => one.AppendAsync(coupon, user));
    }
}

/// <summary>
/// Notes the call, answers 200, and decides in the background, one call after the other. Only a second call of the same user is refused at
/// once: that is all the service with a queue behind it knows.
/// </summary>
internal sealed class AsyncIssuing : Issuing
{
    private readonly Channel<(long Coupon, long User)> _noted = Channel.CreateUnbounded<(long, long)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<(long Coupon, long User)> _callers = [];
    private readonly Lock _lock = new();
    private readonly Task _deciding;
    private long _pending;

    public AsyncIssuing(PooledStore store) : base(store) => _deciding = DecideAsync();

    /// <inheritdoc/>
    public override long Pending => Interlocked.Read(ref _pending);

    /// <inheritdoc/>
    public override ValueTask<Issue> CallAsync(long coupon, long user)
    {
        lock (_lock)
        {
            if (!_callers.Add((coupon, user)))
                return new(new Issue(IssueResult.AlreadyIssued));
        }
        Interlocked.Increment(ref _pending);
        _noted.Writer.TryWrite((coupon, user));
        return new(new Issue(IssueResult.Noted));
    }

    /// <summary>Forgets who called.</summary>
    public void Forget()
    {
        lock (_lock)
            _callers.Clear();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _noted.Writer.TryComplete();
        await _deciding;
        await base.DisposeAsync();
    }

    private async Task DecideAsync()
    {
        await foreach (var (coupon, user) in _noted.Reader.ReadAllAsync())
        {
            try
            {
                // What is refused here nobody is told.
                await Store.UseAsync(one => one.IssueAsync(coupon, user));
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"CouponService: a noted call of user {user} is lost: {e.Message.ReplaceLineEndings(" ")}");
            }
            Interlocked.Decrement(ref _pending);
        }
    }
}
