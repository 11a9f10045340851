using System.Globalization;
using System.Text.Json;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Servers;

/// <summary>A real InfluxDB 1 on free ports. Tests are skipped with the reason where it is not installed.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly string _program;
    private readonly string _config;
    private RunningProgram _process;

    private InfluxServer(string program)
    {
        (_program, Port) = (program, FreePort.Find());
        _config = _folder.Write("influxdb.conf", $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort.Find()}"
            [meta]
              dir = "{_folder.Path}/meta"
            [data]
              dir = "{_folder.Path}/data"
              wal-dir = "{_folder.Path}/wal"
            [http]
              bind-address = "127.0.0.1:{Port}"
              log-enabled = false
            """);
        _process = Start();
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    public static async Task<InfluxServer> StartAsync()
    {
        var server = new InfluxServer(Programs.FindOrSkip("influxd", "influxdb"));
        await FreePort.ListeningAsync(server.Port, () => server._process.Errors);
        return server;
    }

    /// <summary>Ends the process as a crash does.</summary>
    public async Task KillAsync() => await _process.DisposeAsync();

    /// <summary>Starts it again with what it had stored.</summary>
    public async Task RestartAsync()
    {
        _process = Start();
        await FreePort.ListeningAsync(Port, () => _process.Errors);
    }

    /// <summary>The rows of a query, each by column; tags of a group are columns too.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> QueryAsync(string query, string database = "load")
    {
        var text = await _client.GetStringAsync(new Uri(Url, $"query?db={database}&q={Uri.EscapeDataString(query)}"));
        using var document = JsonDocument.Parse(text);
        List<Dictionary<string, string>> rows = [];
        foreach (var result in document.RootElement.GetProperty("results").EnumerateArray())
        {
            result.TryGetProperty("error", out _).ShouldBeFalse($"{query}: {text}");
            if (!result.TryGetProperty("series", out var all))
                continue;
            foreach (var series in all.EnumerateArray())
            {
                var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToArray();
                foreach (var values in series.GetProperty("values").EnumerateArray())
                {
                    var row = columns.Zip(values.EnumerateArray(), (column, value) => (column, value)).Where(pair => pair.value.ValueKind != JsonValueKind.Null)
                        .ToDictionary(pair => pair.column, pair => pair.value.ToString());
                    if (series.TryGetProperty("tags", out var tags))
                    {
                        foreach (var tag in tags.EnumerateObject())
                            row[tag.Name] = tag.Value.GetString()!;
                    }

                    rows.Add(row);
                }
            }
        }

        return rows;
    }

    /// <summary>The only number of a query with one aggregation; 0 when there is no data.</summary>
    public async Task<double> NumberAsync(string query, string database = "load") =>
        (await QueryAsync(query, database)) is [var row] ? double.Parse(row.Single(column => column.Key != "time").Value, CultureInfo.InvariantCulture) : 0;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private RunningProgram Start() => RunningProgram.Start(_program, ["-config", _config], _folder.Path);
}
