using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onrush.Testing.Targets.Net;

namespace Onrush.FunctionalTests.Servers;

/// <summary>What is wrong with a <see cref="TroubledReceiver"/>.</summary>
internal enum Trouble
{
    None, Away, Silent, Broken, Throttling,
}

/// <summary>Takes whatever outputs write over HTTP and throws it away, which costs the machine next to nothing; or is in trouble, as a test says.</summary>
internal sealed class TroubledReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly TcpRelay _relay;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _met = [];
    private Trouble _trouble;
    private long _refusedBefore;

    private TroubledReceiver(WebApplication app)
    {
        _app = app;
        _app.Run(AnswerAsync);
        _app.StartAsync().GetAwaiter().GetResult();
        _relay = new TcpRelay(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port);
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => $"http://127.0.0.1:{_relay.Port}";

    public static TroubledReceiver Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return new TroubledReceiver(builder.Build());
    }

    /// <summary>Changes what is wrong from now on.</summary>
    public void Become(Trouble trouble)
    {
        lock (_lock)
        {
            _trouble = trouble;
            _met.Clear();
            _refusedBefore = _relay.Refused;
        }

        if (trouble == Trouble.Away)
            _relay.Cut();
        else
            _relay.Mend();
    }

    /// <summary>Waits until it has been met as it is now, by writers to that many paths; one that is away cannot see paths and counts connections.</summary>
    public async Task MetAsync(int writers)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Met() < writers)
            await Task.Delay(20, late.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _app.DisposeAsync();
    }

    private long Met()
    {
        lock (_lock)
            return _trouble == Trouble.Away ? _relay.Refused - _refusedBefore : _met.Count;
    }

    private async Task AnswerAsync(HttpContext call)
    {
        await call.Request.Body.CopyToAsync(Stream.Null, call.RequestAborted);
        Trouble trouble;
        lock (_lock)
        {
            trouble = _trouble;
            _met.Add(call.Request.Path);
        }

        if (trouble == Trouble.Silent)
            await Task.Delay(Silence, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        call.Response.StatusCode = trouble switch { Trouble.Broken => 500, Trouble.Throttling => 429, _ => 204 };
    }
}
