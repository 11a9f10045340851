using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>The page of a test session, its interfaces and its stream on an address of this machine.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private const int MostBody = 256 * 1024;
    private const int MostConnections = 4096;

    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping;
    private readonly StreamApi _stream;
    private int _closed;

    private DashboardServer(WebApplication application, CancellationTokenSource stopping, StreamApi stream, Uri address) =>
        (_application, _stopping, _stream, Address) = (application, stopping, stream, address);

    /// <summary>Where the page is, as a person on this machine opens it.</summary>
    public Uri Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="session">The test.</param>
    /// <param name="options">Where and for whom.</param>
    /// <param name="warn">Takes a line about a request that went wrong here.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DashboardException">It cannot: the port is taken, the certificate cannot be read, others could get in.</exception>
    public static async Task<DashboardServer> StartAsync(ITestSession session, DashboardOptions options, Action<string> warn, TimeProvider? time = null)
    {
        options.Check();
        time ??= TimeProvider.System;
        var certificate = Certificate(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            foreach (var address in options.Addresses)
            {
                kestrel.Listen(address, options.Port, listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                });
            }
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        var stopping = new CancellationTokenSource();
        var guard = new Guard(options, time);
        var stream = new StreamApi(session, time, stopping.Token);
        IReadOnlyList<string> features = ReportFile.CanBeMade ? ["report"] : [];
        List<Route> routes =
        [
            .. PageApi.Routes, .. new SessionApi(session, guard, features).Routes, .. new RunApi(session, options.Kept).Routes, .. new CompareApi(session, options.Kept).Routes, .. stream.Routes,
            .. new LocustApi(session, options, time).Routes,
        ];
        routes.Add(Route.Get("/api/openapi.json", "This document.", context => Answers.JsonAsync(context, OpenApi.Document(routes, session.Title.Version))) with { IsPublic = true });
        Requests.Serve(application, routes, guard, options.BasePath, warn);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new DashboardException($"The page cannot be served on {options.Host}:{options.Port}: {Reason(e)}");
        }

        return new DashboardServer(application, stopping, stream, AddressOf(application, options));
    }

    /// <summary>Ends all requests, streams too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _stream.Dispose();
        using var patience = new CancellationTokenSource(LongestClose);
        try
        {
            await _application.StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A client that does not let go.
        }

        await _application.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static string Reason(IOException exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or Microsoft.AspNetCore.Connections.AddressInUseException)
                return "the port is taken. Choose another with --web-port, or 0 for any free one.";
        }

        return exception.Message;
    }

    private static Uri AddressOf(WebApplication application, DashboardOptions options)
    {
        var bound = new UriBuilder(application.Urls.First()) { Path = options.BasePath.TrimEnd('/') + "/" };
        if (IPAddress.TryParse(bound.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            bound.Host = "127.0.0.1";
        return bound.Uri;
    }

    private static X509Certificate2? Certificate(DashboardOptions options)
    {
        if (options.TlsCertificate is not { } file)
            return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(file, options.TlsKey);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DashboardException($"--web-tls-cert {file}: {e.Message}");
        }
    }
}
