using System.Diagnostics;

namespace Onrush.Bench.Children;

/// <summary>Asks again as soon as it has the response.</summary>
public sealed class SteadyUser : FastHttpUser
{
    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <summary>One request.</summary>
    [Task]
    public async Task Hello() => await Client.GetAsync("/");
}

/// <summary>Hands the request out instead of awaiting it, so that no state machine of the load test is allocated: what is left is ours.</summary>
public sealed class LeanUser : FastHttpUser
{
    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <summary>One request.</summary>
    [Task]
    public ValueTask<Response> Hello() => Client.GetAsync("/");
}

/// <summary>Asks again as soon as it has the response, by SocketsHttpHandler.</summary>
public sealed class SteadyHttpUser : HttpUser
{
    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <summary>One request.</summary>
    [Task]
    public async Task Hello() => await Client.GetAsync("/");
}

/// <summary>Asks, and thinks for five to fifteen seconds.</summary>
public sealed class ThinkingUser : FastHttpUser
{
    private bool _connected;

    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Between(5, 15);

    /// <inheritdoc/>
    public override ValueTask OnStartAsync()
    {
        SpawnClock.Started();
        return default;
    }

    /// <summary>One request.</summary>
    [Task]
    public async Task Hello()
    {
        await Client.GetAsync("/");
        if (!_connected)
        {
            _connected = true;
            SpawnClock.Connected();
        }
    }
}

/// <summary>Keeps its loop busy for 100 microseconds after each request.</summary>
public sealed class BusyUser : FastHttpUser
{
    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <summary>One request and the work.</summary>
    [Task]
    public async Task Work()
    {
        await Client.GetAsync("/");
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < 100)
        {
        }
    }
}
