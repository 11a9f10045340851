using System.Globalization;
using System.Net.Http;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Servers;

/// <summary>A real Prometheus in a folder of its own on a free port, which scrapes itself twice a second. Tests are skipped with the reason where it is not installed.</summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly RunningProgram _process;

    private PrometheusServer(TemporaryFolder folder, RunningProgram process, Uri url) => (_folder, _process, Url) = (folder, process, url);

    public Uri Url { get; }

    /// <summary>Starts one and waits until it has scraped itself.</summary>
    public static async Task<PrometheusServer> StartAsync()
    {
        var program = Programs.FindOrSkip("prometheus", "prometheus");
        var folder = new TemporaryFolder();
        // It does not say which port it took, so the port is chosen here; one that somebody took meanwhile is noticed.
        for (int attempt = 0; ; attempt++)
        {
            int port = Random.Shared.Next(20_000, 32_000);
            var configuration = folder.Write("prometheus.yml", string.Create(CultureInfo.InvariantCulture, $$"""
                global:
                  scrape_interval: 500ms
                scrape_configs:
                  - job_name: itself
                    static_configs:
                      - targets: ["127.0.0.1:{{port}}"]
                """));
            var process = RunningProgram.Start(
                program, [$"--config.file={configuration}", $"--storage.tsdb.path={folder.Path}/data", $"--web.listen-address=127.0.0.1:{port}"], folder.Path);
            var server = new PrometheusServer(folder, process, new Uri($"http://127.0.0.1:{port}"));
            try
            {
                await server.ScrapedAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                await process.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ScrapedAsync()
    {
        using var client = new HttpClient();
        var end = Deadline.Token;
        while (!end.IsCancellationRequested)
        {
            if (Taken().IsMatch(_process.Errors))
                throw new InvalidOperationException("the port is taken");
            try
            {
                var answer = await client.GetStringAsync(new Uri(Url, "/api/v1/query?query=rate(process_cpu_seconds_total[1m])"), end);
                if (answer.Contains("\"value\":[", StringComparison.Ordinal))
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100, end);
        }

        throw new TimeoutException($"prometheus did not scrape itself:\n{_process.Errors}");
    }

    [GeneratedRegex("address already in use")]
    private static partial Regex Taken();
}
