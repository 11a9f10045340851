// What a load test can hear: the course of the run, each request, each error.
//   onrush -f samples/loadtests/events.cs -H http://127.0.0.1:8080 --headless -u 10 -r 10 -t 5s
using Onrush;

public sealed class SlowLog : LoadTest
{
    private int _slow;

    public override Task OnTestStartingAsync()
    {
        // Handlers run on the engine's loops, several at once: count with Interlocked, and be short.
        Events.RequestFinished += (in RequestFinished request) =>
        {
            if (request.ResponseMilliseconds > 100)
                Interlocked.Increment(ref _slow);
        };
        Events.UserError += error => Console.Error.WriteLine($"{error.UserClass}.{error.Task}: {error.Exception.Message}");
        return Task.CompletedTask;
    }

    public override Task OnSpawningCompleteAsync(int users)
    {
        Console.Error.WriteLine($"All {users} users are there.");
        return Task.CompletedTask;
    }

    public override Task OnTestStoppedAsync()
    {
        Console.Error.WriteLine($"{_slow} requests took more than 100 ms.");
        return Task.CompletedTask;
    }
}

public sealed class PageUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Constant(1);

    [Task]
    public async Task Page() => await Client.GetAsync("/");
}
