// Checks, groups, tags and metrics of one's own.
//   onrush -f samples/loadtests/checks.cs -H http://127.0.0.1:8080 --headless -u 10 -r 5 -t 10s
using System.Globalization;
using Onrush;
using Onrush.Measurement;

public sealed class Visitor : FastHttpUser
{
    private static readonly Counter Orders = new("orders_placed");
    private static readonly Gauge Queue = new("queue_length");
    private static readonly Rate CacheHits = new("cache_hits");
    private static readonly Trend Rendering = new("rendering_time", MetricUnit.Milliseconds);

    protected override WaitTime WaitTime => WaitTime.Between(0.1, 0.3);

    public override ValueTask OnStartAsync()
    {
        Tags["plan"] = Number % 10 == 0 ? "premium" : "free";
        return default;
    }

    [Task(3)]
    public async Task Browse()
    {
        using var page = await Client.GetAsync("/", name: "start page", keepBody: true);
        Check(("status is 200", page.StatusCode == 200), ("is not empty", page.Body.Length > 0));
        CacheHits.Add(page.Headers["X-Cache"] == "hit");
        if (double.TryParse(page.Headers["X-Rendering-Ms"], CultureInfo.InvariantCulture, out var ms))
            Rendering.Add(ms, ("page", "start"));
    }

    [Task]
    public async Task Buy()
    {
        using (Group("buy"))
        {
            using (Group("login"))
                await Client.PostAsync("/login", json: new { user = Number });
            using var order = await Client.PostAsync("/orders", json: new { item = 7 }, keepBody: true);
            if (Check("order was placed", order.StatusCode is 200 or 201))
                Orders.Add();
            if (int.TryParse(order.Headers["X-Queue"], out var waiting))
                Queue.Set(waiting);
        }
    }
}
