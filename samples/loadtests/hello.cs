// The smallest load test: one kind of user, one page.
//   onrush -f samples/loadtests/hello.cs -H http://127.0.0.1:8080 --headless -u 1000 -r 200 -t 30s
using Onrush;

public sealed class HelloUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Between(0.5, 1.5);

    [Task]
    public async Task Hello() => await Client.GetAsync("/");
}
