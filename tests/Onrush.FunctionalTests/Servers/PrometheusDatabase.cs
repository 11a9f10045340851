using System.Globalization;
using System.Text.Json;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Servers;

/// <summary>A real Prometheus that is written to, and scrapes a run if told to, with remote writes and native histograms. Tests are skipped with the reason where it is not installed.</summary>
internal sealed class PrometheusDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly RunningProgram _process;

    private PrometheusDatabase(string program, int? scraped)
    {
        Port = FreePort.Find();
        var config = _folder.Write("prometheus.yml", scraped is null ? "global: {}\n" : $"""
            scrape_configs:
              - job_name: onrush
                scrape_interval: 1s
                scrape_timeout: 1s
                static_configs:
                  - targets: ["127.0.0.1:{scraped}"]
            """);
        _process = RunningProgram.Start(
            program,
            [
                $"--config.file={config}", $"--storage.tsdb.path={_folder.Path}/data", $"--web.listen-address=127.0.0.1:{Port}",
                "--web.enable-remote-write-receiver", "--enable-feature=native-histograms",
            ],
            _folder.Path);
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    /// <param name="scraped">Port of this machine that it scrapes every second.</param>
    public static async Task<PrometheusDatabase> StartAsync(int? scraped = null)
    {
        var server = new PrometheusDatabase(Programs.FindOrSkip("prometheus", "prometheus"), scraped);
        await FreePort.ListeningAsync(server.Port, () => server._process.Errors);
        // It listens before it is ready.
        var deadline = TimeProvider.System.GetTimestamp();
        while (!(await server._client.GetAsync(new Uri(server.Url, "-/ready"))).IsSuccessStatusCode)
        {
            TimeProvider.System.GetElapsedTime(deadline).ShouldBeLessThan(TimeSpan.FromMinutes(1), server._process.Errors);
            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>The series of a query at an instant, with their labels and values.</summary>
    public async Task<IReadOnlyList<(Dictionary<string, string> Labels, double Value)>> QueryAsync(string query, DateTimeOffset? at = null)
    {
        var time = at is { } instant ? $"&time={instant.ToUnixTimeMilliseconds() / 1000.0:0.000}" : "";
        var text = await _client.GetStringAsync(new Uri(Url, $"api/v1/query?query={Uri.EscapeDataString(query)}{time}"));
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(series => (
            series.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!),
            double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)))];
    }

    /// <summary>The one number of a query; 0 when there is no data.</summary>
    public async Task<double> NumberAsync(string query, DateTimeOffset? at = null) => (await QueryAsync(query, at)) is [var one] ? one.Value : 0;

    /// <summary>Whether a query has an answer for some instant of the last minutes, as a panel asks it.</summary>
    public async Task<bool> HasDataAsync(string query)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var text = await _client.GetStringAsync(new Uri(Url, $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={now - 300}&end={now}&step=1"));
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() > 0;
    }

    /// <summary>The last value of a query within the last minutes; 0 when there is none.</summary>
    public async Task<double> LastAsync(string query)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var text = await _client.GetStringAsync(new Uri(Url, $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={now - 300}&end={now}&step=1"));
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().SelectMany(series => series.GetProperty("values").EnumerateArray())
            .Select(value => double.Parse(value[1].GetString()!, CultureInfo.InvariantCulture)).LastOrDefault();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }
}
