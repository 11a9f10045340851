// Ten requests per second and user, whatever the target does: what it did not answer in time is made up for afterwards.
//   onrush -f samples/loadtests/pacing.cs -H http://127.0.0.1:8080 --headless -u 20 -r 20 -t 30s
using Onrush;

public sealed class SteadyUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.ConstantThroughput(10);

    [Task]
    public async Task Hello() => await Client.GetAsync("/");
}
