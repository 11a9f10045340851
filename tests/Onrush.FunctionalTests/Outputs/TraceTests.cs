using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>From a slow second to the target's traces: what the target was sent is what the results name.</summary>
public sealed class TraceTests : RunFixture
{
    private const int SlowMs = 400;

    [Theory]
    [InlineData("FastHttpUser", "--processes", "2")]
    [InlineData("HttpUser")]
    public async Task The_slowest_requests_of_a_second_are_named_by_the_ids_that_the_target_got(string user, params string[] more)
    {
        ConcurrentDictionary<string, bool> traces = [];
        ConcurrentDictionary<string, bool> slow = [];
        var count = 0;
        await using var server = await StartAsync(async call =>
        {
            var parts = call.Request.Headers["traceparent"].Single()!.Split('-');
            traces.TryAdd(parts[1], parts[3] == "01").ShouldBeTrue();
            if (parts[3] != "01" || Interlocked.Increment(ref count) % 30 != 0)
                return;
            slow[parts[1]] = true;
            await Task.Delay(SlowMs);
        });
        var url = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var run = await OnrushCommand.RunAsync(
            Folder,
            Arguments(LoadTests.Hello.Replace("FastHttpUser", user, StringComparison.Ordinal), url, ["-u", "20", "-r", "100", "-t", "4s", "--traceparent", "0.5", "--json-file", "run.json", "--markdown", "run.md", "--out", "json=lines.jsonl", .. more]),
            limit: OutputRun.Patience);
        run.ExitCode.ShouldBe(0, run.Everything);
        ((double)traces.Values.Count(recorded => recorded) / traces.Count).ShouldBeInRange(0.3, 0.7);

        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder.Path, "run.json")));
        var named = document.RootElement.GetProperty("seconds").EnumerateArray()
            .Where(second => second.TryGetProperty("slowTraces", out _)).SelectMany(second => second.GetProperty("slowTraces").EnumerateArray())
            .Select(trace => (Id: trace.GetProperty("traceId").GetString()!, Ms: trace.GetProperty("responseMs").GetDouble(), Name: trace.GetProperty("name").GetString())).ToArray();
        named.ShouldNotBeEmpty();
        named.Select(trace => trace.Id).ShouldBeUnique();
        named.ShouldAllBe(trace => traces[trace.Id] && trace.Name == "/hello");
        // Of the three slowest of each second each that the target held is at least as slow as it was held; a timer of the runtime may fire 4 ms early, since its clock is coarse.
        named.Count(trace => slow.ContainsKey(trace.Id)).ShouldBeGreaterThan(0);
        named.Where(trace => slow.ContainsKey(trace.Id)).ShouldAllBe(trace => trace.Ms >= SlowMs - 5);

        var slowest = named.MaxBy(trace => trace.Ms).Id;
        File.ReadAllText(Path.Combine(Folder.Path, "run.md")).ShouldContain($"| `{slowest}` | GET /hello |");
        File.ReadLines(Path.Combine(Folder.Path, "lines.jsonl")).ShouldContain(line => line.Contains("\"type\":\"trace\"", StringComparison.Ordinal) && line.Contains(slowest, StringComparison.Ordinal));
        (await OnrushCommand.RunAsync(Folder, ["export", "latest", "--json-file", "later.json"])).ExitCode.ShouldBe(0);
        File.ReadAllText(Path.Combine(Folder.Path, "later.json")).ShouldContain(slowest);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return server;
    }
}
