using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Onrush.Measurement;

namespace Onrush.Outputs.Tests.Pipeline;

/// <summary>What each output costs: processor time of a run of 20,000 requests a second on 50 endpoints, without what makes the run itself.</summary>
public sealed class CostStudy
{
    private const int Seconds = 60, Endpoints = 50, RequestsPerSecond = 20_000;

    // The runtime compiles what is used often again and again; it is done after some ten runs, and the first ones cost two to three times as much.
    private const int WarmUps = 12;
    private const double MostPercent = 2;

    [Theory(Explicit = true)]
    [InlineData("influxdb={0}/load&create=false")]
    [InlineData("influxdb={0}/load&create=false&mode=k6")]
    [InlineData("prometheus-rw={0}/write")]
    [InlineData("prometheus-rw={0}/write&names=k6")]
    [InlineData("prometheus-rw={0}/write&period=1s&histograms=native")]
    [InlineData("prometheus=0")]
    [InlineData("statsd=127.0.0.1:{2}")]
    [InlineData("statsd=127.0.0.1:{2}&datagram=1400")]
    [InlineData("otlp={0}&period=1s")]
    [InlineData("otlp={0}")]
    [InlineData("cloudwatch=region=us-east-1&endpoint={0}")]
    [InlineData("cloudwatch=region=us-east-1&endpoint={0}&period=1s")]
    [InlineData("json={1}/a.jsonl")]
    [InlineData("csv={1}/a.csv")]
    public async Task Study_of_the_cost_of_outputs(string output)
    {
        await using var server = await ReceiveAsync();
        // Somebody listens, or every other datagram would come back as an error.
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        var folder = Directory.CreateTempSubdirectory("onrush-cost");
        try
        {
            var steps = Made();
            var text = output.Replace("{0}", server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(), StringComparison.Ordinal).Replace("{1}", folder.FullName, StringComparison.Ordinal)
                .Replace("{2}", $"{((IPEndPoint)datagrams.LocalEndPoint!).Port}", StringComparison.Ordinal);
            for (var i = 0; i < WarmUps; i++)
                await PlayAsync(text, steps);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var (produced, bytes) = await PlayAsync(text, steps);
            var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
            var percent = spent.TotalSeconds / Seconds * 100;
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{output}: {percent:0.00} % of a core with the receiving server in it, {(double)produced / Seconds:#,0} {bytes} a second"));
            percent.ShouldBeLessThan(MostPercent);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Takes everything and looks at nothing.
    private static async Task<WebApplication> ReceiveAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(async call =>
        {
            await call.Request.Body.CopyToAsync(Stream.Null);
            call.Response.StatusCode = 204;
        });
        await server.StartAsync();
        return server;
    }

    private static List<RunStep> Made()
    {
        var random = new Random(1);
        var steps = new Steps();
        return [.. Enumerable.Range(0, Seconds).Select(_ => steps.Next(0, worker =>
        {
            for (var i = 0; i < RequestsPerSecond; i++)
            {
                var endpoint = i % Endpoints;
                var ms = Math.Exp((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 1.5) * (5 + endpoint * 4);
                var ns = (long)(ms * 1e6);
                worker.End(worker.Begin($"/endpoint/{endpoint}"), ms, i % 500 == 0 ? Outcome.Status : Outcome.Success,
                    more: new RequestSample { Status = (short)(i % 500 == 0 ? 500 : 200), WaitNs = ns - 20_000, SendNs = 10_000, ReceiveNs = 10_000, BytesSent = 200, BytesReceived = 900 });
            }
        }))];
    }

    private static async Task<(long Produced, string Records)> PlayAsync(string output, List<RunStep> steps)
    {
        var run = new PlayedRun();
        var context = new OutputContext { RunId = "r", LoadTest = "t", Directory = Path.GetTempPath(), Console = TextWriter.Null, Warn = _ => { } };
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse(output)], context);
        set.Follow(run);
        steps.ForEach(run.Play);
        await set.DrainAsync(TimeSpan.FromMinutes(2), null, TestContext.Current.CancellationToken);
        var ledger = set.Ledgers.Single();
        return (ledger.Produced, ledger.Records);
    }
}
