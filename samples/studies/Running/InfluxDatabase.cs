using System.Globalization;
using System.Text.Json;
using Onrush.Testing.Targets.Net;

namespace Studies.Running;

/// <summary>A real InfluxDB 1, and the questions that Grafana asks it.</summary>
internal sealed class InfluxDatabase : IAsyncDisposable
{
    private readonly ServerProcess _server;
    private readonly HttpClient _client = new();

    private InfluxDatabase(ServerProcess server, string url) => (_server, Url) = (server, url);

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>Starts one with nothing in it; null when there is none on this machine.</summary>
    public static async Task<InfluxDatabase?> StartAsync(string scratch)
    {
        if (ServerProcess.Find("influxd") is not { } program)
            return null;
        int port = FreePorts.One(), other = FreePorts.One();
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "influxdb")).FullName;
        var config = Path.Combine(folder, "influxdb.conf");
        await File.WriteAllTextAsync(config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{other}"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            """);
        return new InfluxDatabase(await ServerProcess.StartAsync(program, port, folder, "-config", config), $"http://127.0.0.1:{port}");
    }

    /// <summary>The rows of a question, each with its values in the order of the columns; the first is the time.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> AskAsync(string database, string question)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri($"{Url}/query?db={database}&q={Uri.EscapeDataString(question)}")));
        var result = document.RootElement.GetProperty("results")[0];
        if (result.TryGetProperty("error", out var error))
            throw new StudyException($"InfluxDB refuses '{question}': {error}");
        return result.TryGetProperty("series", out var series)
            ? [.. series.EnumerateArray().SelectMany(one => one.GetProperty("values").EnumerateArray()).Select(row => (IReadOnlyList<string>)[.. row.EnumerateArray().Select(value => value.ToString())])]
            : [];
    }

    /// <summary>The only number of a question; 0 when there is no data.</summary>
    public async Task<double> NumberAsync(string database, string question) =>
        await AskAsync(database, question) is [{ Count: > 1 } row] && double.TryParse(row[1], CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Asks everything that a dashboard of deploy/grafana.</summary>
    /// <returns>By panel: its title, how many questions it has, and how many rows came back to them.</returns>
    public async Task<IReadOnlyList<(string Panel, int Questions, int Unanswered, int Rows)>> AskDashboardAsync(string database, string file)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "grafana", "dashboards", file)));
        List<(string, int, int, int)> panels = [];
        foreach (var panel in document.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)))
        {
            List<int> rows = [];
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
                rows.Add((await AskAsync(database, Fill(target.GetProperty("query").GetString()!))).Count);
            panels.Add((panel.GetProperty("title").GetString()!, rows.Count, rows.Count(count => count == 0), rows.Sum()));
        }
        return panels;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    // What Grafana puts in place of its variables.
    private static string Fill(string question) => question
        .Replace("$timeFilter", "time > now() - 1h", StringComparison.Ordinal).Replace("$__interval", "1s", StringComparison.Ordinal)
        .Replace("$run", ".*", StringComparison.Ordinal).Replace("$name", ".*", StringComparison.Ordinal);
}
