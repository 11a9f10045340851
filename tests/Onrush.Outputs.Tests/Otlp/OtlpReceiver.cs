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

namespace Onrush.Outputs.Tests.Otlp;

/// <summary>Takes metrics by OTLP over HTTP and keeps the messages; answers as it is told.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private OtlpReceiver(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>Every message with something in it, as it came.</summary>
    public ConcurrentQueue<ProtoMessage> Messages { get; } = [];

    /// <summary>Status and body of an answer by the number of the request, from 0.</summary>
    public Func<int, (int Status, byte[] Body)> Answer { get; set; } = _ => (200, []);

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/metrics", receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Url = new Uri(receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        // The server uses its own ones again for the next request.
        Headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
        context.Request.ContentType.ShouldBe("application/x-protobuf");
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        if (context.Request.Headers.ContentEncoding == "gzip")
        {
            using var unpacked = new MemoryStream();
            await new GZipStream(new MemoryStream(body), CompressionMode.Decompress).CopyToAsync(unpacked);
            body = unpacked.ToArray();
        }

        var (status, answer) = Answer(Interlocked.Increment(ref _requests) - 1);
        if (status == 200 && body.Length > 0)
            Messages.Enqueue(new ProtoMessage(body));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-protobuf";
        await context.Response.Body.WriteAsync(answer);
    }
}
