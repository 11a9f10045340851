using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.FunctionalTests.Deploy;

/// <summary>deploy/compose.yaml brought to life by eng/compose: each service's command with the environment and the mounts of the file, in a network of its own.</summary>
public sealed partial class ComposeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Fact(Explicit = true)]
    public async Task Study_of_compose_without_docker()
    {
        Assert.SkipWhen(NetworkNamespace.Objection is not null, NetworkNamespace.Objection ?? "");
        foreach (var (program, package) in new[] { (RabbitMqServer.IsInstalled, "rabbitmq-server"), (File.Exists("/usr/bin/influxd"), "influxdb"), (File.Exists("/usr/lib/python3/dist-packages/yaml/__init__.py"), "python3-yaml") })
            Assert.SkipUnless(program, $"the Debian package {package} is not installed; eng/test installs it as root");
        using var folder = new TemporaryFolder();
        await using var compose = RunningProgram.Start("/usr/bin/python3",
            [Path.Combine(Repository.Root, "eng/compose"), Path.Combine(Repository.Root, "deploy/compose.yaml"), "--env-file", Path.Combine(Repository.Root, "deploy/example.env"), "--scale", "worker=3"], folder.Path);
        try
        {
            await RunAsync(compose);
        }
        finally
        {
            // It takes everything away itself.
            compose.Send(Signal.Terminate);
            await compose.ExitAsync(Long);
        }

        (await compose.ExitAsync(Long)).ShouldBe(0, compose.Errors);
        compose.Output.ShouldContain("master-1 has ended with code 0");
    }

    private async Task RunAsync(RunningProgram compose)
    {
        await compose.NextLineAsync(line => line == "everything is up", "every service is started", Long);
        foreach (var service in DeployFiles.Services().Keys)
            compose.Output.ShouldMatch($"(?m)^({service}-1 at 198\\.18\\.|{service} is left out: )");
        compose.Output.ShouldNotMatch("(?m)^(master|worker|rabbitmq|influxdb|target) is left out");

        using var client = new HttpClient { BaseAddress = new Uri(PageAddress().Match(compose.Output).Groups[1].Value), Timeout = Long };
        (await ReachedAsync(client, "api/v1/run")).ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "change-this-token-of-the-page");
        (await client.GetStringAsync("", TestContext.Current.CancellationToken)).ShouldContain("<html");
        await UntilAsync(client, "worker-count", answer => answer.GetProperty("worker_count").GetInt32() == 3);

        using var start = new StringContent("""{"users":60,"spawnRate":60}""", Encoding.UTF8, "application/json");
        (await client.PostAsync("api/v1/start", start, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await UntilAsync(client, "api/v1/run", answer =>
            answer.GetProperty("run") is var run && run.GetProperty("users").GetInt32() == 60 && answer.GetProperty("workers").EnumerateArray().Count(worker => worker.GetProperty("users").GetInt32() > 0) == 3
            && run.GetProperty("aggregated").GetProperty("requests").GetInt64() > 300);
        using var stop = new StringContent("""{"wait":true}""", Encoding.UTF8, "application/json");
        (await client.PostAsync("api/v1/stop", stop, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var ended = await UntilAsync(client, "api/v1/run", answer => answer.GetProperty("run").GetProperty("phase").GetString() == "stopped");
        var all = ended.GetProperty("run").GetProperty("aggregated");
        all.GetProperty("failures").GetInt64().ShouldBe(0);

        using var influx = new HttpClient { Timeout = Long };
        var stored = await influx.GetStringAsync(
            $"http://{Address("influxdb-1", compose.Output)}:8086/query?db=load&q=SHOW+MEASUREMENTS", TestContext.Current.CancellationToken);
        stored.ShouldContain("\"values\":[[");
        output.WriteLine($"the page of three workers showed {all.GetProperty("requests").GetInt64()} requests without a failure\n{compose.Output}");
    }

    private static string Address(string container, string text) => Regex.Match(text, $"(?m)^{container} at ([0-9.]+):").Groups[1].Value;

    // Compose starts a container without waiting until what is in it listens.
    private static async Task<System.Net.HttpStatusCode> ReachedAsync(HttpClient client, string path)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(path, deadline.Token);
                return answer.StatusCode;
            }
            catch (HttpRequestException) when (!deadline.IsCancellationRequested)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> fits)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (true)
        {
            var answer = JsonDocument.Parse(await client.GetStringAsync(path, deadline.Token)).RootElement;
            if (fits(answer))
                return answer;
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"{path} did not come to it: {answer}");
            await Task.Delay(100, CancellationToken.None);
        }
    }

    [GeneratedRegex(@"(?m)^master: port .* is (http://\S+)")]
    private static partial Regex PageAddress();
}
