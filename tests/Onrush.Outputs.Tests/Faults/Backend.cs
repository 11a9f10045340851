using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>A server that an output writes to, that stores what it takes, and that misbehaves once.</summary>
internal abstract class Backend : IAsyncDisposable
{
    private WebApplication? _application;
    private int _writes;

    /// <summary>What goes wrong.</summary>
    public Fault Fault { get; init; }

    /// <summary>The argument of --out for a server at an address.</summary>
    public abstract string Out(string url);

    /// <summary>Different records that are stored.</summary>
    public abstract long Records { get; }

    /// <summary>Requests of the load that those who ask it will see.</summary>
    public abstract double Requests { get; }

    /// <summary>Starts it; returns its port.</summary>
    public virtual async Task<int> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
        await _application.StartAsync();
        return new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public virtual ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Stores a body, without its first record when that is asked for.</summary>
    /// <returns>False when it cannot do that, and stores nothing.</returns>
    protected abstract bool TryStore(byte[] body, bool butOne);

    /// <summary>How it says that all but one is stored.</summary>
    protected abstract (int Status, byte[] Body) ButOne { get; }

    private async Task AnswerAsync(HttpContext call)
    {
        var stream = call.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(call.Request.Body, CompressionMode.Decompress) : call.Request.Body;
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        // Some ask first whether anybody is there.
        if (memory.Length <= 1)
            return;
        var number = Interlocked.Increment(ref _writes);
        var status = (Fault, number) switch
        {
            (Fault.Throttling, 2 or 3) => 429,
            (Fault.Broken, 2 or 3) => 500,
            (Fault.Busy, 2 or 3) => 503,
            _ => 0,
        };
        if (status > 0)
        {
            call.Response.StatusCode = status;
            call.Response.Headers.RetryAfter = "0";
            return;
        }

        if (Fault == Fault.RefusesOne && number == 2)
        {
            var (code, text) = ButOne;
            call.Response.StatusCode = TryStore(memory.ToArray(), butOne: true) ? code : 400;
            await call.Response.Body.WriteAsync(text);
            return;
        }

        TryStore(memory.ToArray(), butOne: false);
        if (Fault == Fault.Slow && number == 2)
            await Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        call.Response.StatusCode = 204;
    }
}
