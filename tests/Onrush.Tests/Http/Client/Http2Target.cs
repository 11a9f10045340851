using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onrush.Testing.Targets.Tls;

namespace Onrush.Tests.Http.Client;

/// <summary>A Kestrel on a free loopback port that answers with the protocol of the request; <c>/never</c> never answers, <c>/body</c> echoes.</summary>
internal sealed class Http2Target : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _connections;
    private int _requests;
    private int _aborted;

    private Http2Target(HttpProtocols protocols, ServerCertificate? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                Interlocked.Increment(ref _connections);
                return next(connection);
            });
            if (certificate is not null)
                listen.UseHttps(X509Certificate2.CreateFromPem(certificate.CertificatePem, certificate.KeyPem));
        }));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Connections it accepted.</summary>
    public int Connections => _connections;

    /// <summary>Requests it received.</summary>
    public int Requests => _requests;

    /// <summary>Requests that the client gave up.</summary>
    public int Aborted => _aborted;

    /// <summary>Starts one.</summary>
    public static async Task<Http2Target> StartAsync(HttpProtocols protocols, ServerCertificate? certificate = null)
    {
        var target = new Http2Target(protocols, certificate);
        await target._app.StartAsync();
        var addresses = target._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        target.Url = new Uri(addresses.Addresses.Single());
        return target;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (context.Request.Path == "/never")
        {
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _aborted);
            }

            return;
        }

        context.Response.Cookies.Append("seen", "yes");
        if (context.Request.Path == "/body")
            await context.Request.Body.CopyToAsync(context.Response.Body);
        else
            await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Cookies["seen"]}");
    }
}
