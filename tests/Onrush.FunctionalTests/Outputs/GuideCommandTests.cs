using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Onrush.FunctionalTests.Docs;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>The commands that the pages of the guide about outputs begin with, as they stand there but for addresses and time. CloudWatch and OTLP have tests of their own.</summary>
public sealed class GuideCommandTests : IDisposable
{
    private const int SideBySide = 3;

    private static readonly (string Page, string Part)[] Commands =
    [
        ("docs/guide/outputs.md", "--out json="), ("docs/guide/outputs.md", "--out statsd="), ("docs/guide/outputs.md", "--out RateFile="), ("docs/guide/outputs.md", "--traceparent"),
        ("docs/guide/influxdb.md", "8086/load"), ("docs/guide/influxdb.md", "mode=k6\""), ("docs/guide/influxdb.md", "mode=k6-full"),
        ("docs/guide/prometheus.md", "--out prometheus=9464"), ("docs/guide/prometheus.md", "--out prometheus-rw="),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_command_delivers_everything()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var prometheus = await PrometheusDatabase.StartAsync();
        await using var target = CountingServer.Start();
        using var statsd = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        statsd.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        (string From, string To)[] changes =
        [
            ("http://127.0.0.1:8080", target.Url.AbsoluteUri.TrimEnd('/')), ("http://127.0.0.1:8086/", influx.Url.AbsoluteUri), ("http://127.0.0.1:9090/", prometheus.Url.AbsoluteUri),
            ("127.0.0.1:8125", $"127.0.0.1:{((IPEndPoint)statsd.LocalEndPoint!).Port}"), ("prometheus=9464", $"prometheus={FreePort.Find()}&linger=0s"), ("10s", "2s"), ("5s", "2s"),
        ];
        ConcurrentBag<string> problems = [];
        await Parallel.ForEachAsync(Commands, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (command, _) =>
        {
            var block = DocPages.Blocks(command.Page).Single(block => block.Text.StartsWith("./onrush -f", StringComparison.Ordinal) && block.Text.Contains(command.Part, StringComparison.Ordinal));
            var arguments = Shell.Words(block.Text).Skip(1).Select(word => word.StartsWith("samples/", StringComparison.Ordinal)
                ? Path.Combine(Repository.Root, word) : changes.Aggregate(word, (text, change) => text.Replace(change.From, change.To, StringComparison.Ordinal)));
            var run = await OnrushCommand.RunAsync(_folder, [.. arguments, "--require-outputs", "--drain-timeout", "1m"], limit: OutputRun.Patience);
            if (run.ExitCode != 0 || (command.Part.StartsWith("--out", StringComparison.Ordinal) && !run.Errors.Contains(" produced, ", StringComparison.Ordinal)))
                problems.Add($"{block}: exit code {run.ExitCode}: {run.Everything}");
        });
        problems.ShouldBeEmpty();
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBeGreaterThan(0);
        (await influx.NumberAsync("SELECT sum(value) FROM http_reqs", "k6")).ShouldBeGreaterThan(0);
        (await prometheus.NumberAsync("sum(max_over_time(onrush_requests_total[5m]))")).ShouldBeGreaterThan(0);
        statsd.Available.ShouldBeGreaterThan(0);
    }
}
