// Users with accounts of their own from a file, who greet each other.
//   onrush -f samples/loadtests/accounts.cs -H http://127.0.0.1:8080 --headless -u 4 -r 2 -t 10s
// With more users than rows in accounts.csv, those who find none end, and the end of the run says so.
using Onrush;

public sealed record Account(string Name, string Password, int Coupon);

public sealed class AccountHolder : FastHttpUser
{
    private static readonly Feeder<Account> Accounts = Feeder.Csv<Account>("accounts.csv");
    private static readonly Feeder<Account> Own = Accounts.Unique();
    private static readonly Feeder<Account> Friends = Accounts.Random();

    protected override WaitTime WaitTime => WaitTime.Constant(1);

    public override async ValueTask OnStartAsync()
    {
        var account = Own.Next(this);
        await Client.PostAsync("/login", RequestBody.Form(("user", account.Name), ("password", account.Password)));
    }

    // The same row every time: a user keeps its account.
    [Task(3)]
    public async Task Call() => await Client.PostAsync($"/api/v1/coupons/call/{Own.Next(this).Coupon}", name: "call coupon");

    [Task]
    public async Task Greet() => await Client.GetAsync($"/users/{Friends.Next(this).Name}", name: "/users/[name]");
}
