using System.Runtime.InteropServices;
using CouponService.Api;
using CouponService.Coupons;
using CouponService.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CouponService;

/// <summary>The running service.</summary>
internal sealed class CouponServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ICouponStore _store;
    private readonly Issuing _issuing;
    private readonly Disturbances _disturbances;

    private CouponServer(WebApplication app, ICouponStore store, Issuing issuing, Disturbances disturbances)
    {
        (_app, _store, _issuing, _disturbances) = (app, store, issuing, disturbances);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Runs until SIGINT or SIGTERM.</summary>
    /// <param name="args">The switches.</param>
    /// <param name="open">Opens the store.</param>
    /// <param name="output">Takes the line with the address.</param>
    /// <param name="error">Takes what is wrong.</param>
    /// <returns>The exit code: 0, or 2 when a switch is wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<CouponOptions, Task<ICouponStore>> open, TextWriter output, TextWriter error)
    {
        var ended = new TaskCompletionSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        return await RunAsync(args, open, output, error, ended.Task);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }
    }

    /// <summary>Runs until a task completes.</summary>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{string}, Func{CouponOptions, Task{ICouponStore}}, TextWriter, TextWriter)"/>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Func<CouponOptions, Task<ICouponStore>> open, TextWriter output, TextWriter error, Task ended)
    {
        if (args is ["-h" or "--help"])
        {
            output.WriteLine(CouponOptions.Usage);
            return 0;
        }
        CouponOptions options;
        try
        {
            options = CouponOptions.Parse(args);
        }
        catch (ArgumentException e)
        {
            error.WriteLine($"CouponService: {e.Message}; --help shows the switches");
            return 2;
        }
        try
        {
            await using var server = await StartAsync(options, await open(options));
            output.WriteLine(server.Url);
            output.Flush();
            await ended;
            return 0;
        }
        catch (Exception e)
        {
            error.WriteLine($"CouponService: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">The switches.</param>
    /// <param name="store">Where coupons are kept; the server closes it.</param>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<CouponServer> StartAsync(CouponOptions options, ICouponStore store)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Bind, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<SocketTransportOptions>(transport => transport.Backlog = options.AcceptCount);
        if (options.MaxConnections > 0)
        {
            builder.Services.AddSingleton<IConnectionListenerFactory>(services => new GatedListenerFactory(
                new SocketTransportFactory(services.GetRequiredService<IOptions<SocketTransportOptions>>(), services.GetRequiredService<ILoggerFactory>()),
                options.MaxConnections));
        }

        var app = builder.Build();
        await store.CreateAsync(1, options.Quantity, options.Mode);
        var issuing = Issuing.Of(options, new PooledStore(store, options.DbPool, TimeSpan.FromMilliseconds(options.DbPoolWait), TimeSpan.FromMilliseconds(options.DbDelay)));
        var disturbances = new Disturbances(options, TimeProvider.System);
        var threads = new WorkThreads(options.Threads, options.MaxQueue, TimeSpan.FromMilliseconds(options.Delay));
        app.UseRouting();
        new CouponEndpoints(issuing, threads, disturbances).Map(app);
        new AdminEndpoints(options.Mode, issuing).Map(app);
        await app.StartAsync();
        return new CouponServer(app, store, issuing, disturbances);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Connections that are idle would hold the stop for half a minute.
        using (var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
            await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        await _issuing.DisposeAsync();
        await _disturbances.DisposeAsync();
        await _store.DisposeAsync();
    }
}
