using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>Serves the master's end of the HTTP bus. Who has not the token, sends nonsense or too much is refused, which is logged once for each address and reason.</summary>
internal sealed class HttpBusServer : IAsyncDisposable
{
    private const int MostConnections = 50_000;
    private const int MostRefusalsTold = 100;
    private const int MostAtOnce = 256 << 10;

    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(1);

    // A worker takes a record that was not confirmed in time as not kept, and sends it again.
    private static readonly TimeSpan LongestAppend = TimeSpan.FromSeconds(20);

    private readonly HttpCoordinatorBus _bus;
    private readonly HttpBusOptions _options;
    private readonly Action<string> _log;
    private readonly string _life = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, bool> _told = new();
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _application;

    private HttpBusServer(HttpCoordinatorBus bus, HttpBusOptions options, Action<string> log) => (_bus, _options, _log) = (bus, options, log);

    /// <summary>Port it listens on.</summary>
    public int Port { get; private set; }

    /// <exception cref="BusException">The address cannot be had.</exception>
    public static async Task<HttpBusServer> StartAsync(HttpCoordinatorBus bus, HttpBusOptions options, TimeProvider time, Action<string> log)
    {
        var server = new HttpBusServer(bus, options, log);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Wire.MostBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                if (options is { Tls: true, Token: { } token })
                {
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificate = token.Certificate(time.GetUtcNow());
                        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                        https.ClientCertificateValidation = (certificate, chain, errors) => server.IsWorkers(token.Fits(server, certificate, chain, errors));
                    });
                }
            });
        });
        if (options.Tls)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var application = builder.Build();
        application.Run(server.ServeAsync);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new BusException($"workers cannot be listened for on {options.Address} port {options.Port}: {e.Message}", e);
        }

        server._application = application;
        server.Port = new Uri(application.Urls.First()).Port;
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(LongestClose);
        try
        {
            await _application!.StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A worker that does not let go.
        }

        await _application!.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DamagedDataException or FormatException)
        {
            Refuse(context, StatusCodes.Status400BadRequest, $"it sent what makes no sense ({e.Message})");
        }
        catch (BadHttpRequestException e)
        {
            Refuse(context, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "it sent more than a message may have" : "it sent what makes no sense");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The worker is gone, or this end closes: nobody hears an answer.
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if (_options.Token is { } token && !token.Is(Bearer(context)))
        {
            Refuse(context, StatusCodes.Status401Unauthorized, context.Request.Headers.Authorization.Count == 0 ? "it has no token" : "its token is another one");
            return;
        }

        context.Response.Headers[HttpBusPaths.Life] = _life;
        if (method == "GET" && path == HttpBusPaths.Time)
        {
            await context.Response.WriteAsync(_bus.Clock, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (method == "GET" && path.StartsWith(HttpBusPaths.Contents, StringComparison.Ordinal))
        {
            await ContentsAsync(context, path[HttpBusPaths.Contents.Length..]).ConfigureAwait(false);
            return;
        }

        var worker = context.Request.Headers[HttpBusPaths.Worker].ToString();
        if (method != "POST" || worker.Length is 0 or > HttpBusPaths.LongestName)
        {
            Refuse(context, StatusCodes.Status404NotFound, "it asked for what there is not");
            return;
        }

        if (path == HttpBusPaths.Join)
        {
            if (!_bus.Join(worker))
                Refuse(context, StatusCodes.Status503ServiceUnavailable, "there are too many workers");
            return;
        }

        // A worker that has not joined this life of the master learns it by this, and joins.
        if (!_bus.Heard(worker))
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        switch (path)
        {
            case HttpBusPaths.Beat:
                break;
            case HttpBusPaths.Append:
                await AppendAsync(context, worker).ConfigureAwait(false);
                break;
            case HttpBusPaths.Listen:
                await ListenAsync(context, worker).ConfigureAwait(false);
                break;
            default:
                Refuse(context, StatusCodes.Status404NotFound, "it asked for what there is not");
                break;
        }
    }

    private async Task AppendAsync(HttpContext context, string worker)
    {
        var record = RecordWire.Read(await BodyAsync(context).ConfigureAwait(false));
        if (record.Sender != worker || record is not (HelloRecord or StatusRecord or GoneRecord))
        {
            Refuse(context, StatusCodes.Status403Forbidden, "a worker may only speak for itself");
            return;
        }

        using var closing = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        await _bus.AppendOfWorkerAsync(record).WaitAsync(LongestAppend, closing.Token).ConfigureAwait(false);
    }

    private async Task ListenAsync(HttpContext context, string worker)
    {
        var answered = false;
        if (_bus.Links.Holds(worker) is not { } link)
            return;
        try
        {
            await HoldAsync(context, worker).ConfigureAwait(false);
            answered = true;
        }
        finally
        {
            if (answered)
                _bus.Links.Answered(link);
            else
                _bus.Links.BrokeOff(link);
        }
    }

    private async Task HoldAsync(HttpContext context, string worker)
    {
        var body = await BodyAsync(context).ConfigureAwait(false);
        if (body.Length != sizeof(long) || _bus.MailboxOf(worker) is not { } mailbox)
            throw new FormatException("a number of a message has eight bytes");
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        var messages = await mailbox.TakeAsync(BinaryPrimitives.ReadInt64LittleEndian(body), HttpBusPaths.Hold, closing.Token).ConfigureAwait(false);
        closing.Token.ThrowIfCancellationRequested();
        using var answer = new MemoryStream();
        var head = new byte[sizeof(long) + sizeof(int)];
        foreach (var (number, message) in messages)
        {
            var bytes = MessageWire.Write(message);
            BinaryPrimitives.WriteInt64LittleEndian(head, number);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(sizeof(long)), bytes.Length);
            answer.Write(head);
            answer.Write(bytes);
        }

        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), closing.Token).ConfigureAwait(false);
    }

    private async Task ContentsAsync(HttpContext context, string hash)
    {
        if (_bus.Find(hash) is not { } contents)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentLength = contents.Bytes.Length;
        await context.Response.Body.WriteAsync(contents.Bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        // Nearly always: reports of a second. Memory for more than that is had when the bytes are there.
        if (context.Request.ContentLength is { } length and <= MostAtOnce)
        {
            var bytes = new byte[length];
            await context.Request.Body.ReadExactlyAsync(bytes, context.RequestAborted).ConfigureAwait(false);
            return bytes;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    private static string? Bearer(HttpContext context)
    {
        const string Scheme = "Bearer ";
        var value = context.Request.Headers.Authorization.ToString();
        return value.StartsWith(Scheme, StringComparison.Ordinal) ? value[Scheme.Length..] : null;
    }

    private bool IsWorkers(bool fits)
    {
        if (!fits && _told.TryAdd("tls", true))
            _log("Somebody who has not the cluster's token was turned away at the TLS handshake.");
        return fits;
    }

    private void Refuse(HttpContext context, int status, string reason)
    {
        if (!context.Response.HasStarted)
            context.Response.StatusCode = status;
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "?";
        if (_told.Count < MostRefusalsTold && _told.TryAdd($"{address} {reason}", true))
            _log(string.Create(CultureInfo.InvariantCulture, $"A request from {address} to the cluster port was refused: {reason}."));
    }
}
