using System.Globalization;
using Onrush.Bench.Generators;

namespace Onrush.Bench.Measuring.Bound;

/// <summary>tcpdump on the loopback interface: an observer that sees each request and its response pass, and takes no part.</summary>
internal sealed class WireCapture : IAsyncDisposable
{
    // Ethernet, IP and TCP heads with their options.
    private const string SnapLength = "96";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onrush-bench-wire-");
    private readonly ProgramRun _run;
    private readonly int _port;

    private WireCapture(int port)
    {
        _port = port;
        _run = ProgramRun.Start(
            "tcpdump",
            [
                "-i", "lo", "-j", "host", "--time-stamp-precision=nano", "-s", SnapLength, "-B", "65536", "-Z", Environment.UserName, "-w", File,
                "port", port.ToString(CultureInfo.InvariantCulture),
            ]);
    }

    private string File => Path.Combine(_folder.FullName, "loopback.pcap");

    /// <summary>Begins, and returns when packets are taken.</summary>
    /// <exception cref="BenchException">It may not, or is not installed.</exception>
    public static async Task<WireCapture> StartAsync(int port)
    {
        var capture = new WireCapture(port);
        while (!capture._run.Errors.Contains("listening on", StringComparison.Ordinal))
        {
            if (capture._run.HasExited)
                throw new BenchException($"tcpdump cannot take packets: {capture._run.Errors.Trim()}");
            await Task.Delay(20);
        }
        return capture;
    }

    /// <summary>Ends it.</summary>
    /// <returns>Median of the time from a request to its response on the wire, in milliseconds.</returns>
    /// <exception cref="BenchException">Packets were lost, or there were none.</exception>
    public async Task<double> MedianMsAsync()
    {
        await ProgramRun.ReadAsync("kill", "-INT", _run.Id.ToString(CultureInfo.InvariantCulture));
        await _run.ExitAsync(Patience);
        if (!_run.Errors.Contains(" 0 packets dropped by kernel", StringComparison.Ordinal) && !_run.Errors.Contains("\n0 packets dropped by kernel", StringComparison.Ordinal))
            throw new BenchException($"tcpdump lost packets: {_run.Errors.Trim()}");
        var times = CapturedExchanges.Read(await System.IO.File.ReadAllBytesAsync(File), _port);
        return times.Count > 0 ? Spread.Of(times).Median / 1e6 : throw new BenchException("tcpdump saw no request");
    }

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
