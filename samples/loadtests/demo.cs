// What "onrush demo" runs: people who look at a shop, more and more of them, and a rush for its coupons in the middle.
//   dotnet run --project samples/targets/CouponService -c Release -- --store memory --quantity 500 --threads 20 --delay-ms 40
//   onrush -f samples/loadtests/demo.cs -H http://127.0.0.1:8080 --audit http://127.0.0.1:8080
using System.Net.Http.Json;
using Onrush;

public sealed class Visitor : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Between(0.2, 0.8);

    [Task(3)]
    public async Task Look() => await Client.GetAsync("/", name: "main page");

    [Task]
    public async Task HowMany() => await Client.GetAsync("/api/v1/coupons/1", name: "how many are left");
}

public sealed class Customer : FastHttpUser
{
    // Two customers share an account and call at the same time: only one of them may get a coupon.
    [Task]
    public async Task Call()
    {
        using var response = await Client.PostAsync("/api/v1/coupons/call/1",
            headers: [new("X-USER-ID", $"{(Number + 1) / 2}")], name: "call coupon", catchResponse: true);
        if (Check("issued, had one, or sold out", response.StatusCode is 200 or 409 or 410))
            response.Success();
    }
}

public sealed class Demo : LoadTest
{
    [Option("Address of the shop that is asked at the end what it really sold")]
    public static string Audit { get; set; } = "http://127.0.0.1:8080";

    public override void Configure(LoadTestBuilder test) => test
        .Scenario<Visitor>("look", Executor.RampingUsers(startUsers: 10, [("15s", 400), ("10s", 400)]))
        .Scenario<Customer>("rush", user => user.Call, Executor.PerUserIterations(users: 1200, iterations: 1), startTime: "8s")
        .Threshold("http_req_failed", "rate<0.01")
        .Threshold("checks", "rate>0.99");

    // What no figure of a load test can tell: whether the shop sold more than it has, or two to one customer.
    public override async Task OnTestEndAsync(RunSummary run)
    {
        using var client = new HttpClient();
        var sold = await client.GetFromJsonAsync<Sold>($"{Audit.TrimEnd('/')}/api/v1/coupons/1/audit");
        if (sold!.Oversold > 0 || sold.DoubleIssued > 0)
            run.Fail($"the shop sold {sold.Oversold} coupons too many and gave {sold.DoubleIssued} to customers who had one");
        var told = (long)run.Metric("http_reqs{name:call coupon,status:200}").Sum;
        if (sold.Issued != told)
            run.Fail($"the shop sold {sold.Issued} coupons, its customers were told of {told}");
    }

    private sealed record Sold(long Issued, long Oversold, long DoubleIssued);
}
