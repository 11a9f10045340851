using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;

namespace Onrush.FunctionalTests.Studies;

/// <summary>What it costs the engine that people look on: one run at full speed, with and without ten open pages in turn.</summary>
public sealed class OpenPagesStudy : IDisposable
{
    // Many short windows: what a machine with two processors gives changes by a tenth within a minute, and more than by that which is looked for.
    private const int Pages = 10, Pairs = 25, WindowSeconds = 2, SettleSeconds = 1, WarmUps = 20, Connections = 64, Endpoints = 20;
    private const double MostLoss = 0.03;

    // As fast as one engine loop can, under as many names as a real test has.
    private static readonly string Flood = $$"""
        using Onrush;

        public sealed class FloodUser : FastHttpUser
        {
            private static readonly string[] Names = [.. Enumerable.Range(0, {{Endpoints}}).Select(i => $"/endpoint/{i}")];
            private int _next;

            [Task]
            public async Task Ask() => await Client.GetAsync("/", name: Names[_next++ % Names.Length]);
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact(Explicit = true)]
    public async Task Ten_open_pages_cost_less_than_three_percent()
    {
        await using var target = await NginxServer.StartAsync();
        await using var command = OnrushCommand.Start(
            _folder,
            [
                "-f", _folder.Write("flood.cs", Flood), "-H", target.Url.AbsoluteUri.TrimEnd('/'), "--web-port", "0", "--autostart", "--loops", "1",
                "-u", Connections.ToString(CultureInfo.InvariantCulture), "-r", "1000",
            ]);
        const string Before = "The page is at ";
        var line = await command.NextLineAsync(l => l.StartsWith(Before, StringComparison.Ordinal), "the address of the page", TimeSpan.FromMinutes(1));
        using var client = new HttpClient { BaseAddress = new Uri(line[Before.Length..].Split(' ')[0]) };
        // What is compiled in the first minute that pages are open is no cost of open pages: what runs once a second is compiled again and again as it gets warm.
        for (int i = 0; i < WarmUps; i++)
            await MeasureAsync(client, target, command.Id, Pages);

        var (throughput, cpu) = (new List<double>(), new List<double>());
        var before = await MeasureAsync(client, target, command.Id, 0);
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Set against the mean of before and after: a machine that gets slower or faster makes no difference.
            var with = await MeasureAsync(client, target, command.Id, Pages);
            var after = await MeasureAsync(client, target, command.Id, 0);
            throughput.Add(with.PerSecond / ((before.PerSecond + after.PerSecond) / 2));
            cpu.Add(with.CpuPerRequest / ((before.CpuPerRequest + after.CpuPerRequest) / 2));
            Say($"before {before.PerSecond:#,0} requests/s, with {Pages} pages {with.PerSecond:#,0}, after {after.PerSecond:#,0}; ratio {throughput[^1]:0.000}, processor time per request {cpu[^1]:0.000}; a page got {with.BytesPerPage / WindowSeconds / 1000:0.0} kB/s");
            before = after;
        }

        command.Send(Signal.Interrupt);
        await command.ExitAsync(TimeSpan.FromMinutes(1));
        var (ratio, cost) = (Median(throughput), Median(cpu));
        Say($"throughput with {Pages} pages against none: {ratio:0.000} (median of {Pairs}); processor time per request: {cost:0.000}");
        ratio.ShouldBeGreaterThan(1 - MostLoss);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Window> MeasureAsync(HttpClient client, NginxServer target, int process, int pages)
    {
        using var end = new CancellationTokenSource();
        long bytes = 0;
        var readers = Enumerable.Range(0, pages).Select(_ => ReadAsync()).ToArray();
        // What a page asks for when it opens does not count; what it gets each second does.
        await Task.Delay(TimeSpan.FromSeconds(SettleSeconds));
        Interlocked.Exchange(ref bytes, 0);
        var (requests, cpu, watch) = (await target.RequestsAsync(), CpuSeconds(process), Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(WindowSeconds));
        var (more, seconds) = (await target.RequestsAsync() - requests, watch.Elapsed.TotalSeconds);
        var window = new Window(more / seconds, (CpuSeconds(process) - cpu) / more, pages == 0 ? 0 : (double)Interlocked.Read(ref bytes) / pages);
        await end.CancelAsync();
        await Task.WhenAll(readers);
        return window;

        // Reads as a browser does and throws it away: what is measured is the giving.
        async Task ReadAsync()
        {
            try
            {
                await client.GetByteArrayAsync("api/v1/run", end.Token);
                await using var stream = await client.GetStreamAsync("api/v1/stream", end.Token);
                var buffer = new byte[64 * 1024];
                while (await stream.ReadAsync(buffer, end.Token) is > 0 and var read)
                    Interlocked.Add(ref bytes, read);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private static double CpuSeconds(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Window(double PerSecond, double CpuPerRequest, double BytesPerPage);
}
