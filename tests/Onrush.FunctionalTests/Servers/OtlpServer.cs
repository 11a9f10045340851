using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Onrush.FunctionalTests.Servers;

/// <summary>Takes OTLP over HTTP and keeps the bytes.</summary>
internal sealed class OtlpServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The messages, unpacked.</summary>
    public ConcurrentQueue<byte[]> Messages { get; } = [];

    public static async Task<OtlpServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new OtlpServer(builder.Build());
        server._app.MapPost("/v1/metrics", server.TakeAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var packed = new MemoryStream();
        await context.Request.Body.CopyToAsync(packed);
        packed.Position = 0;
        using var unpacked = new MemoryStream();
        await new GZipStream(packed, CompressionMode.Decompress).CopyToAsync(unpacked);
        if (unpacked.Length > 0)
            Messages.Enqueue(unpacked.ToArray());
    }
}
