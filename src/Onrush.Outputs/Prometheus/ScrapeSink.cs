using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;
using Onrush.Outputs.Prometheus.Names;
using Onrush.Outputs.Prometheus.Text;
using Onrush.Users;

namespace Onrush.Outputs.Prometheus;

/// <summary>
/// An endpoint that Prometheus scrapes. Its records are intervals, delivered once they can be scraped. After the run it stays until the last figures were scraped,
/// at most for two of the distances that scrapes had, or as long as <c>linger</c> says.
/// </summary>
internal sealed class ScrapeSink : IOutputSink
{
    private const int DefaultPort = 9464;

    private readonly IPEndPoint _address;
    private readonly IPromNames _names;
    private readonly OutputContext _context;
    private readonly TimeSpan? _linger;
    private readonly Lock _gate = new();
    private readonly PromTotals _totals = new();
    private readonly TaskCompletionSource _lastScraped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _server;
    private string _shown;
    private long _scrapes;
    private long _firstScrape;
    private long _lastScrape;
    private bool _isOver;

    private ScrapeSink(OutputOptions options, OutputContext context)
    {
        _context = context;
        _shown = Name = options.Shown;
        Period = options.Length("period", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        _linger = options.Text("linger") is null ? null : options.Length("linger", default, TimeSpan.Zero, TimeSpan.FromHours(1));
        _names = PromNames.Of(options, context, native: false);
        _address = AddressOf(options);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => "intervals";

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    /// <inheritdoc/>
    public bool IsIdempotent => true;

    /// <inheritdoc/>
    public IEnumerable<string> Remarks => [Remark()];

    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) => new ScrapeSink(options, context);

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(_address);
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
        try
        {
            await _server.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new OutputException($"{Name}: it cannot listen there: {exception.Message.TrimEnd('.')}");
        }

        _shown = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/metrics";
        _context.Console.WriteLine($"Prometheus can scrape {_shown}");
        return null;
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        lock (_gate)
            _totals.Add(interval);
        yield return new OutputBatch(ReadOnlyMemory<byte>.Empty, 1);
    }

    /// <inheritdoc/>
    public Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel) => Task.FromResult(Delivery.Stored);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancel)
    {
        TimeSpan patience;
        lock (_gate)
        {
            _isOver = true;
            var distance = _scrapes > 1 ? _context.Time.GetElapsedTime(_firstScrape, _lastScrape) / (_scrapes - 1) : TimeSpan.FromSeconds(_scrapes > 0 ? 15 : 0);
            patience = _linger ?? distance * 2;
        }

        try
        {
            await _lastScraped.Task.WaitAsync(patience, _context.Time, cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The remark at the end says that they were not scraped.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
    }

    private string Remark()
    {
        lock (_gate)
        {
            return _scrapes == 0
                ? $"{_shown}: nobody scraped it."
                : FormattableString.Invariant($"{_shown}: scraped {_scrapes} times; the last figures were {(_lastScraped.Task.IsCompleted ? "" : "not ")}scraped.");
        }
    }

    private Task AnswerAsync(HttpContext call)
    {
        if (call.Request.Path.Value is not ("/metrics" or "/") || !HttpMethods.IsGet(call.Request.Method))
        {
            call.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var openMetrics = call.Request.Headers.Accept.ToString().Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
        string text;
        bool isLast;
        lock (_gate)
        {
            text = ExpositionText.Of(_names.Families(_totals), openMetrics);
            isLast = _isOver;
            _lastScrape = _context.Time.GetTimestamp();
            if (_scrapes++ == 0)
                _firstScrape = _lastScrape;
        }

        call.Response.ContentType = openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        if (isLast)
        {
            call.Response.OnCompleted(() =>
            {
                _lastScraped.TrySetResult();
                return Task.CompletedTask;
            });
        }

        return call.Response.WriteAsync(text);
    }

    // PORT, ADDRESS or ADDRESS:PORT; this machine alone unless an address says otherwise.
    private static IPEndPoint AddressOf(OutputOptions options)
    {
        var text = options.Target;
        if (text.Length == 0)
            return new IPEndPoint(IPAddress.Loopback, DefaultPort);
        if (int.TryParse(text, out var port) && port is >= 0 and <= IPEndPoint.MaxPort)
            return new IPEndPoint(IPAddress.Loopback, port);
        if (text.StartsWith("localhost", StringComparison.OrdinalIgnoreCase))
            text = "127.0.0.1" + text[9..];
        if (IPEndPoint.TryParse(text, out var address))
            return address.Port == 0 && !text.EndsWith(":0", StringComparison.Ordinal) ? new IPEndPoint(address.Address, DefaultPort) : address;
        throw options.Error($"'{text}' is neither a port nor an address such as 127.0.0.1:{DefaultPort}; to write to a server there is prometheus-rw");
    }
}
