using System.Globalization;
using System.Text.Json;

namespace Onrush.Runs.Watching;

/// <summary>What a query gives on a Prometheus server, or on one with the same interface. A query that matches several series gives as many values.</summary>
internal sealed class PrometheusReader : IWatchReader
{
    private const int MostSeries = 20;

    private readonly HttpAsker _asker;
    private readonly Uri _url;
    private readonly string _name;
    private readonly string? _unit;
    private readonly TimeProvider _time;

    private PrometheusReader(WatchText text, string query, TimeProvider time)
    {
        var url = text.Url();
        _asker = new HttpAsker(url, text.Options.GetValueOrDefault("token"));
        _url = new Uri($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v1/query?query={Uri.EscapeDataString(query)}");
        (_name, _unit, _time) = (text.Name ?? query, text.Unit, time);
    }

    /// <summary><c>prometheus=URL&amp;query=PROMQL[&amp;token=BEARER]</c>.</summary>
    public static Watch Watch(WatchText text)
    {
        text.CheckOptions("query", "token");
        string query = text.Needed("query", "rate(process_cpu_seconds_total[1m])");
        text.Url();
        return new Watch($"prometheus {query}", text.Period(Watching.Watch.UsualPeriod), time => new PrometheusReader(text, query, time));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end)
    {
        using var answer = JsonDocument.Parse(await _asker.GetAsync(_url, end).ConfigureAwait(false));
        var data = answer.RootElement.GetProperty("data");
        var values = Values(data.GetProperty("resultType").GetString(), data.GetProperty("result"));
        if (values.Count == 0)
            throw new InvalidOperationException("the query matches nothing on the server");
        return [new WatchReading(_time.GetUtcNow().ToUnixTimeMilliseconds(), values, WatchReading.UnitOf(values.Keys, _unit))];
    }

    /// <inheritdoc/>
    public void Dispose() => _asker.Dispose();

    private Dictionary<string, double> Values(string? type, JsonElement result)
    {
        Dictionary<string, double> values = [];
        if (type == "scalar")
            values[_name] = Number(result[1]);
        else if (type != "vector")
            throw new InvalidOperationException($"the query gives a {type}, and a value for one instant is needed: put rate() or the like around it");
        else if (result.GetArrayLength() > MostSeries)
            throw new InvalidOperationException($"the query matches {result.GetArrayLength()} series, and {MostSeries} are the most: sum them up or ask for fewer");
        else
            foreach (var series in result.EnumerateArray())
                values[Named(series.GetProperty("metric"))] = Number(series.GetProperty("value")[1]);
        return values;
    }

    private string Named(JsonElement labels)
    {
        string[] parts = [.. labels.EnumerateObject().Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value.GetString()}\"")];
        return parts.Length == 0 ? _name : $"{_name}{{{string.Join(", ", parts)}}}";
    }

    private static double Number(JsonElement text) =>
        double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
