using System.Globalization;
using CouponService.Coupons;

namespace CouponService.Stores.Redis;

/// <summary>
/// For each event its quantity, the set of its owners and the list of what was issued. A call is one script, which Redis runs without
/// anything in between.
/// </summary>
internal sealed class RedisStore : ICouponStore
{
    private const string Look = """
        local q = redis.call('GET', KEYS[1])
        if not q then return -3 end
        if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return -1 end
        if redis.call('LLEN', KEYS[3]) >= tonumber(q) then return -2 end
        """;

    private const string Append = """
        redis.call('SADD', KEYS[2], ARGV[1])
        return redis.call('RPUSH', KEYS[3], ARGV[1])
        """;

    private readonly RespClient _client;
    private string _look = "", _append = "", _issue = "";

    private RedisStore(RespClient client) => _client = client;

    /// <summary>Connects and loads the scripts.</summary>
    /// <param name="address">host:port.</param>
    public static async Task<RedisStore> OpenAsync(string address)
    {
        var store = new RedisStore(await RespClient.ConnectAsync(address));
        store._look = await store.LoadAsync(Look + "\nreturn 1");
        store._append = await store.LoadAsync("if redis.call('EXISTS', KEYS[1]) == 0 then return -3 end\n" + Append);
        store._issue = await store.LoadAsync(Look + "\n" + Append);
        return store;
    }

    public async Task CreateAsync(long coupon, long quantity, IssueMode mode) => await _client.AskAsync("SET", Quantity(coupon), Text(quantity), "NX");

    public async Task ResetAsync(long coupon, long quantity, IssueMode mode)
    {
        await _client.AskAsync("DEL", Owners(coupon), Issues(coupon));
        await _client.AskAsync("SET", Quantity(coupon), Text(quantity));
    }

    public async ValueTask<Issue> IssueAsync(long coupon, long user) => Read(await RunAsync(_issue, coupon, user));

    public async ValueTask<Issue> AppendAsync(long coupon, long user) => Read(await RunAsync(_append, coupon, user));

    public async ValueTask<IssueResult> LookAsync(long coupon, long user) => Read(await RunAsync(_look, coupon, user)).Result;

    public async ValueTask<Coupon?> FindAsync(long coupon) => await _client.AskAsync("GET", Quantity(coupon)) is { Text: not null } quantity
        ? new Coupon(coupon, quantity.Number, (await _client.AskAsync("LLEN", Issues(coupon))).Number)
        : null;

    public async ValueTask<long> CountAsync(long coupon, long user)
    {
        var all = await _client.AskAsync("LPOS", Issues(coupon), Text(user), "COUNT", "0");
        return all.Items.Count;
    }

    public async ValueTask<StoreAudit?> AuditAsync(long coupon)
    {
        if (await _client.AskAsync("GET", Quantity(coupon)) is not { Text: not null } quantity)
            return null;
        // Counted from the list, not taken from the set that the decisions rest on.
        var owners = (await _client.AskAsync("LRANGE", Issues(coupon), "0", "-1")).Items;
        return new StoreAudit(quantity.Number, owners.Count, owners.Select(owner => owner.Text).Distinct().Count());
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static Issue Read(long number) => number switch
    {
        -1 => new Issue(IssueResult.AlreadyIssued),
        -2 => new Issue(IssueResult.SoldOut),
        -3 => new Issue(IssueResult.Unknown),
        _ => new Issue(IssueResult.Issued, number),
    };

    private async Task<string> LoadAsync(string script) => (await _client.AskAsync("SCRIPT", "LOAD", script)).Text!;

    private async Task<long> RunAsync(string script, long coupon, long user) =>
        (await _client.AskAsync("EVALSHA", script, "3", Quantity(coupon), Owners(coupon), Issues(coupon), Text(user))).Number;

    private static string Quantity(long coupon) => $"coupon:{Text(coupon)}:quantity";

    private static string Owners(long coupon) => $"coupon:{Text(coupon)}:owners";

    private static string Issues(long coupon) => $"coupon:{Text(coupon)}:issues";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
