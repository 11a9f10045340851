// 10,000 people ask for the same coupon at once, each a single time.
using Onrush;

public sealed class CouponUser : FastHttpUser
{
    private const string CouponId = "1";

    protected override string? Host => "http://localhost:8080";

    [Task]
    public async Task Call()
    {
        var userId = Number;

        Header[] headers =
        [
            new("Content-Type", "application/json"),
            new("X-USER-ID", $"{userId}"),
        ];

        var url = $"/api/v1/coupons/call/{CouponId}";

        using var response = await Client.PostAsync(url, headers: headers);

        Check("status is 200", response.StatusCode == 200);
        Check("status is 409 (Already Issued)", response.StatusCode == 409);
        Check("status is 500", response.StatusCode == 500);

        await SleepAsync(0.1);
    }
}

public sealed class Peak : LoadTest
{
    public override void Configure(LoadTestBuilder test) => test
        .Scenario<CouponUser>(
            "peak_10000",
            user => user.Call,
            Executor.PerUserIterations(
                users: 10_000,      // 10,000 virtual users
                iterations: 1),     // one request each
            startTime: "0s");       // at once
}
