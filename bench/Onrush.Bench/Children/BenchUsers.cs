using System.Diagnostics;
using System.Text;
using Onrush.Bench.Generators;
using Onrush.Http;

namespace Onrush.Bench.Children;

/// <summary>What the users of this process ask for; set before they start.</summary>
internal static class BenchPath
{
    public static string Value { get; set; } = "/";
}

/// <summary>Asks again as soon as it has the response.</summary>
public sealed class SteadyUser : FastHttpUser
{
    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <summary>One request.</summary>
    [Task]
    public async Task Hello() => await Client.GetAsync(BenchPath.Value);
}

/// <summary>Sends a body of JSON again and again.</summary>
public sealed class PostingUser : FastHttpUser
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Load.Json);
    private static readonly Header[] Headers = [new("Content-Type", "application/json")];

    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <summary>One request.</summary>
    [Task]
    public async Task Send() => await Client.PostAsync(BenchPath.Value, Body, headers: Headers);
}

/// <summary>Connects for each request.</summary>
public sealed class ConnectingUser : FastHttpUser
{
    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Constant(0);

    /// <inheritdoc/>
    protected override ConnectionReuse Connections => ConnectionReuse.PerRequest;

    /// <summary>One request.</summary>
    [Task]
    public async Task Hello() => await Client.GetAsync(BenchPath.Value);
}

/// <summary>Is there, and asks for nothing.</summary>
public sealed class IdleUser : User
{
    private int _rests;

    /// <inheritdoc/>
    protected override WaitTime WaitTime => WaitTime.Between(30, 60);

    /// <summary>Next to nothing.</summary>
    [Task]
    public void Rest() => _rests++;
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
