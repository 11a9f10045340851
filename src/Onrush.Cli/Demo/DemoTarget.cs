using CouponService;
using CouponService.Coupons;
using CouponService.Stores;
using Onrush.Cli.Scripts;

namespace Onrush.Cli.Demo;

/// <summary>
/// The shop of the demo: the coupon service of samples/targets, with coupons in memory, in a process of its own, so that what it does is
/// not the generator's. It ends when its standard input does, that is with its parent.
/// </summary>
internal sealed class DemoTarget : IAsyncDisposable
{
    /// <summary>First argument of the child, known to nobody else.</summary>
    public const string Command = "demo-target";

    // Twenty requests at once that take 40 ms each: 500 per second, which 400 visitors are too many for.
    private static readonly string[] Switches = ["--port", "0", "--store", "memory", "--quantity", "500", "--threads", "20", "--delay-ms", "40"];

    private readonly System.Diagnostics.Process _process;

    private DemoTarget(System.Diagnostics.Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens, on this machine only.</summary>
    public Uri Url { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="ScriptException">It does not start.</exception>
    public static async Task<DemoTarget> StartAsync()
    {
        (string program, string[] first) = CompilerProcess.Self();
        System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, [.. first, Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string? line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return Uri.TryCreate(line, UriKind.Absolute, out Uri? url)
            ? new DemoTarget(process, url)
            : throw new ScriptException($"the shop of the demo does not start: {line ?? "it said nothing"}");
    }

    /// <summary>Child side. Ctrl-C reaches the child as well; it has to answer until the load test has ended.</summary>
    /// <returns>The exit code of the child.</returns>
    public static async Task<int> RunChildAsync()
    {
        using var ignored = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGINT, signal => signal.Cancel = true);
        // The console's own asynchronous reading is not asynchronous.
        Task orphaned = Task.Run(Console.In.ReadToEnd);
        return await CouponServer.RunAsync(
            Switches, _ => Task.FromResult<ICouponStore>(new MemoryStore()), Console.Out, Console.Error, orphaned).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
