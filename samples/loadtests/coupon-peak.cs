// 10,000 people ask for the same coupon at once, each a single time, and the service is asked afterwards what it really did.
//   onrush -f samples/loadtests/coupon-peak.cs -H http://127.0.0.1:8080 --audit http://127.0.0.1:8080 --headless
using System.Net.Http.Json;
using Onrush;

public sealed class CouponUser : FastHttpUser
{
    [Task]
    public async Task Call()
    {
        await AskAsync();
        await SleepAsync(0.1 + CouponPeak.Hold);
    }

    // A method of its own: the call counts as ended when the response is judged, which is when it is disposed of.
    private async Task AskAsync()
    {
        var account = (Number - 1) / CouponPeak.Share + 1;
        using var response = await Client.PostAsync("/api/v1/coupons/call/1", headers: [new("X-USER-ID", $"{account}")], name: "call coupon", catchResponse: true);
        Check("status is 200", response.StatusCode == 200);
        Check("status is 409 (Already Issued)", response.StatusCode == 409);
        Check("status is 500", response.StatusCode == 500);
        if (response.StatusCode is 409 or 410)
            response.Success(); // a good answer, though not the one that was hoped for
    }
}

public sealed class CouponPeak : LoadTest
{
    [Option("Number of people", Minimum = 1)]
    public static int People { get; set; } = 10_000;

    [Option("People that call with the same account at the same time: with 2, each coupon is fought for", Minimum = 1)]
    public static int Share { get; set; } = 1;

    [Option("Seconds that each of them keeps its connection when it is done, as k6's users do until the end of the run", Minimum = 0, Maximum = 3600)]
    public static double Hold { get; set; }

    [Option("Address of the service that is asked at the end")]
    public static string Audit { get; set; } = "http://127.0.0.1:8080";

    public override void Configure(LoadTestBuilder test) => test
        .Scenario<CouponUser>("peak", user => user.Call, Executor.PerUserIterations(users: People, iterations: 1, maxDuration: "5m"));

    // What must hold whatever happened on the way.
    public override async Task OnTestEndAsync(RunSummary run)
    {
        using var client = new HttpClient();
        Sold sold;
        do
            sold = (await client.GetFromJsonAsync<Sold>($"{Audit.TrimEnd('/')}/api/v1/coupons/1/audit"))!;
        while (sold.Pending > 0);

        var told = (long)run.Metric("http_reqs{name:call coupon,status:200}").Sum;
        var unknown = run.Failures + run.Cancelled;
        if (sold.Oversold > 0)
            run.Fail($"{sold.Oversold} coupons were issued that do not exist: {sold.Issued} of {sold.Quantity}");
        if (sold.DoubleIssued > 0)
            run.Fail($"{sold.DoubleIssued} coupons went to users who had one");
        if (sold.Issued < told)
            run.Fail($"{told} users were told of a coupon, {sold.Issued} were issued");
        if (sold.Issued > told + unknown)
            run.Fail($"{sold.Issued} coupons were issued, {told} users were told, {unknown} calls have no known end");
    }

    private sealed record Sold(long Quantity, long Issued, long Oversold, long DoubleIssued, long Pending);
}
