// Three scenarios in one run: a warm-up, a rush at its end, and browsing beside both.
//   onrush -f samples/loadtests/scenarios.cs -H http://127.0.0.1:8080 --headless
using Onrush;

public sealed class Rush : LoadTest
{
    public override void Configure(LoadTestBuilder test) => test
        .Scenario<BuyingUser>("warm", user => user.Call, Executor.ConstantUsers(2, "3s"), warmUp: true)
        .Scenario<BuyingUser>("rush", user => user.Call, Executor.PerUserIterations(users: 100, iterations: 1), after: "warm")
        .Scenario<LookingUser>("look", Executor.ConstantArrivalRate(20, duration: "8s"), gracefulStop: "5s", tags: [("kind", "look")])
        .Threshold("http_req_failed", "rate<0.01")
        .Threshold("http_req_duration{scenario:rush}", "p(95)<1000");
}

public sealed class BuyingUser : FastHttpUser
{
    [Task]
    public async Task Call() => await Client.PostAsync("/api/v1/coupons/call/1", headers: [new("X-USER-ID", $"{Number}")], name: "call coupon");
}

public sealed class LookingUser : FastHttpUser
{
    [Task]
    public async Task Events() => await Client.GetAsync("/api/v1/events");
}
