using System.Globalization;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Postgres;

namespace Onrush.FunctionalTests.Samples;

/// <summary>The coupon service under 20,000 calls, 500 at once, two of each user together: exactly as many coupons as there are, one for each.</summary>
public sealed class CouponStoreTests : IDisposable
{
    private const int Users = 10_000, Quantity = 1000;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task Issues_exactly_what_there_is(string store)
    {
        await using var database = store == "postgres" ? await Postgres.StartOrSkipAsync() : null;
        await using var redis = store == "redis" ? await RedisServer.StartAsync() : null;
        var (process, url) = await SampleTarget.StartAsync("CouponService", _folder, [.. Switches(store, database, redis)]);
        await using var _ = process;
        using var calls = new CouponCalls();

        await calls.CallAsync(url, Users).WithinAsync("the answers to 20,000 calls", TimeSpan.FromMinutes(3));

        calls.Answered.ShouldBe(Users * 2);
        calls.Users(200).Count.ShouldBe(Quantity);
        calls.Statuses.ShouldBeSubsetOf([200, 409, 410]);
        var audit = await CouponAudit.ReadAsync(url);
        audit.Issued.ShouldBe(Quantity);
        await audit.ShouldAgreeAsync(calls, url);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("postgres")]
    public async Task Keeps_what_it_promised_when_it_is_killed(string store)
    {
        const int many = 1_000_000;
        await using var database = store == "postgres" ? await Postgres.StartOrSkipAsync() : null;
        string[] switches = [.. Switches(store, database, null), "--quantity", many.ToString(CultureInfo.InvariantCulture)];
        using var calls = new CouponCalls();
        var (process, url) = await SampleTarget.StartAsync("CouponService", _folder, switches);
        await using (process)
        {
            // Hundreds of calls are under way when the service dies, and with it the database.
            var calling = calls.CallAsync(url, Users);
            await AnsweredAsync(calls, 2000);
            process.Send(Signal.Kill);
            if (database is not null)
                await database.CrashAsync();
            await calling.WithinAsync("the calls end", TimeSpan.FromMinutes(3));
        }
        calls.Unknown.ShouldBeGreaterThan(0);
        calls.Users(200).Count.ShouldBeGreaterThan(900);

        (process, url) = await SampleTarget.StartAsync("CouponService", _folder, switches);
        await using (process)
            await (await CouponAudit.ReadAsync(url)).ShouldAgreeAsync(calls, url);
    }

    [Fact]
    public async Task Cuts_off_what_was_torn_from_its_file()
    {
        var path = Path.Combine(_folder.Path, "coupons.journal");
        using var calls = new CouponCalls();
        var (process, url) = await SampleTarget.StartAsync("CouponService", _folder, "--store", "file", "--file", path);
        await using (process)
        {
            await calls.CallAsync(url, 10);
            process.Send(Signal.Kill);
            await process.ExitAsync();
        }
        var whole = new FileInfo(path).Length;
        await using (var file = File.Open(path, FileMode.Append))
            file.Write([2, 1, 0, 0, 0, 0, 0]);

        (process, url) = await SampleTarget.StartAsync("CouponService", _folder, "--store", "file", "--file", path);
        await using (process)
        {
            (await CouponAudit.ReadAsync(url)).Issued.ShouldBe(10);
            new FileInfo(path).Length.ShouldBe(whole);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Switches(string store, PostgresServer? database, RedisServer? redis)
    {
        string[] own = store switch
        {
            "postgres" => ["--postgres", database!.ConnectionString, "--db-pool", "20"],
            "redis" => ["--redis", $"127.0.0.1:{redis!.Port}"],
            _ => [],
        };
        return ["--store", store, .. own];
    }

    private static async Task AnsweredAsync(CouponCalls calls, long count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (calls.Answered < count)
            await Task.Delay(5, limit.Token);
    }
}
