using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Onrush.Outputs.Tests.Http;

/// <summary>One request that a <see cref="ScriptedServer"/> got.</summary>
internal sealed record GotRequest(string Target, string Authorization, string Body);

/// <summary>An HTTP server on a free port that answers as a test says, and keeps what it got.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private ScriptedServer(WebApplication server) => _server = server;

    /// <summary>Everything it got, in order.</summary>
    public ConcurrentQueue<GotRequest> Requests { get; } = [];

    public string Url => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="answer">Writes the answer to a request, given its number from 1.</param>
    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, GotRequest, int, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new ScriptedServer(application);
        application.Run(async call =>
        {
            Stream body = call.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(call.Request.Body, CompressionMode.Decompress) : call.Request.Body;
            using var reader = new StreamReader(body);
            var got = new GotRequest($"{call.Request.Path}{call.Request.QueryString}", call.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync());
            server.Requests.Enqueue(got);
            await answer(call, got, server.Requests.Count);
        });
        await application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
