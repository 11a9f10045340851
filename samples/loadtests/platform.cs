// The main page of a platform: one kind of user with a task set, two tasks 1:2, one to four seconds between requests.
//   onrush -f samples/loadtests/platform.cs -H http://127.0.0.1:8080 --headless -u 400 -r 100 -t 30s
using Onrush;

[Tasks(typeof(MainPage))]
public sealed class PlatformUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Between(1, 4);
}

public sealed class MainPage : TaskSet<PlatformUser>
{
    [Task(1)]
    public async Task TaskOne() => await User.Client.GetAsync("/", name: "main page");

    [Task(2)]
    public async Task TaskTwo() => await User.Client.GetAsync("/api/v1/coupons/1", name: "coupons");
}
