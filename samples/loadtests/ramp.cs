// The number of users over time as code: up in steps, down at once.
//   onrush -f samples/loadtests/ramp.cs -H http://127.0.0.1:8080 --headless
using Onrush;

public sealed class StepShape : LoadShape
{
    // Asked once a second: users and users per second; null ends the run.
    public override ShapeTick? Tick() => RunTime.TotalSeconds switch
    {
        < 5 => (10, 10),
        < 10 => (50, 20),
        < 15 => (5, 100),
        _ => null,
    };
}

public sealed class RampUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Constant(0.5);

    [Task]
    public async Task Hello() => await Client.GetAsync("/");
}
