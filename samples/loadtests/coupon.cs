// A shop that gives out coupons: people who look, and people who take one.
//   onrush -f samples/loadtests/coupon.cs -H http://127.0.0.1:8080 --headless -u 100 -r 20 -t 1m
//   onrush -f samples/loadtests/coupon.cs --help          its own option, --event-id
//   onrush -f samples/loadtests/coupon.cs --show-task-ratio
using Onrush;

[Weight(3)]
public sealed class BrowseUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Between(1, 4);

    [Task(3)]
    public async Task Hello() => await Client.GetAsync("/hello");

    [Task]
    public async Task Left() => await Client.GetAsync($"/api/v1/coupons/{CouponUser.EventId}", name: "/api/v1/coupons/[id]");
}

public sealed class CouponUser : FastHttpUser
{
    [Option("Number of the event whose coupons are taken", Minimum = 1)]
    public static int EventId { get; set; } = 1;

    protected override WaitTime WaitTime => WaitTime.Constant(1);

    // Number is unique over the whole run, so it makes a good account.
    [Task, Tag("buy")]
    public async Task Call()
    {
        using var response = await Client.PostAsync($"/api/v1/coupons/call/{EventId}",
            headers: [new("X-USER-ID", $"{Number}")], name: "call coupon", catchResponse: true);
        if (response.StatusCode == 409)
            response.Success(); // had one already, which is what the shop should say
    }
}
