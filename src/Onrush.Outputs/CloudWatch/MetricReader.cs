using System.Text.Json;
using System.Text.Json.Nodes;
using Onrush.Outputs.Aws;
using Onrush.Runs.Watching;

namespace Onrush.Outputs.CloudWatch;

/// <summary>
/// A metric that CloudWatch has, such as the CPU of an EC2 instance. CloudWatch has its points a minute or more after they were, so each reading brings those that are
/// new, at the instants they belong to.
/// </summary>
internal sealed class MetricReader : IWatchReader
{
    private const int LookBackSeconds = 900;

    private readonly AwsLogin _login;
    private readonly AwsClient _client;
    private readonly JsonObject _metric;
    private readonly string _stat;
    private readonly int _resolution;
    private readonly string _name;
    private readonly string? _unit;
    private readonly TimeProvider _time;
    private long _newest;

    private MetricReader(WatchText text, AwsPlace place, JsonObject metric, int resolution, TimeProvider time)
    {
        _login = new AwsLogin(place, text.Options.GetValueOrDefault("profile"), text.Options.GetValueOrDefault("role-arn"));
        _client = new AwsClient(AwsService.CloudWatch, place, _login, time);
        (_metric, _resolution, _time) = (metric, resolution, time);
        var name = (string)metric["MetricName"]!;
        _stat = text.Options.GetValueOrDefault("stat", "Average");
        _name = text.Name ?? $"{name} {text.Options.GetValueOrDefault("dimensions", "")}".TrimEnd();
        _unit = text.Unit ?? (name.EndsWith("Utilization", StringComparison.Ordinal) ? "%" : null);
    }

    /// <summary><c>cloudwatch=NAMESPACE/METRIC&amp;dimensions=NAME:VALUE,...</c>.</summary>
    public static Watch Watch(WatchText text)
    {
        text.CheckOptions("dimensions", "stat", "region", "endpoint", "profile", "role-arn", "resolution");
        var at = text.Address.LastIndexOf('/');
        if (at <= 0 || at == text.Address.Length - 1)
            throw new WatchException($"cloudwatch={text.Address} is not NAMESPACE/METRIC such as AWS/EC2/CPUUtilization");
        var metric = new JsonObject { ["Namespace"] = text.Address[..at], ["MetricName"] = text.Address[(at + 1)..], ["Dimensions"] = Dimensions(text) };
        if (!int.TryParse(text.Options.GetValueOrDefault("resolution", "60"), out int resolution) || resolution is not (1 or 5 or 10 or 30) && (resolution < 60 || resolution % 60 != 0))
            throw new WatchException("resolution of cloudwatch is 1, 5, 10, 30 or a multiple of 60 (seconds)");
        AwsPlace place;
        try
        {
            place = AwsPlace.Of(text.Options.GetValueOrDefault("region"), text.Options.GetValueOrDefault("endpoint"));
        }
        catch (OutputException e)
        {
            throw new WatchException($"cloudwatch={text.Address}: {e.Message}");
        }

        var source = $"cloudwatch {text.Address} {text.Options.GetValueOrDefault("dimensions", "")}".TrimEnd();
        return new Watch(source, text.Period(TimeSpan.FromMinutes(1)), time => new MetricReader(text, place, metric, resolution, time));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var answer = await _client.CallAsync("GetMetricData", AwsClient.Pack(JsonSerializer.SerializeToUtf8Bytes(Query(now))), end).ConfigureAwait(false);
        if (!answer.IsGood)
        {
            if (AwsDelivery.IsExpired(answer))
                _login.Renew();
            var (code, message) = answer.Error();
            throw new InvalidOperationException($"{(int)answer.Status} {code}: {message}");
        }

        using var json = answer.Json();
        var result = json.RootElement.GetProperty("MetricDataResults")[0];
        List<WatchReading> readings =
        [
            .. result.GetProperty("Timestamps").EnumerateArray().Zip(result.GetProperty("Values").EnumerateArray())
                .Select(point => (UnixMs: (long)(point.First.GetDouble() * 1000), Value: point.Second.GetDouble()))
                .Where(point => point.UnixMs > _newest)
                .OrderBy(point => point.UnixMs)
                .Select(point => WatchReading.Single(point.UnixMs, _name, point.Value, _unit)),
        ];
        if (readings.Count > 0)
            _newest = readings[^1].UnixMs;
        return readings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _login.Dispose();
    }

    private JsonObject Query(long nowSeconds) => new()
    {
        ["StartTime"] = Math.Max(nowSeconds - LookBackSeconds, _newest / 1000),
        ["EndTime"] = nowSeconds + _resolution,
        ["MetricDataQueries"] = new JsonArray(new JsonObject
        {
            ["Id"] = "q",
            ["MetricStat"] = new JsonObject { ["Metric"] = _metric.DeepClone(), ["Period"] = _resolution, ["Stat"] = _stat },
        }),
    };

    private static JsonArray Dimensions(WatchText text)
    {
        JsonArray dimensions = [];
        foreach (var part in (text.Options.GetValueOrDefault("dimensions") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':', 2) is not [{ Length: > 0 } name, { Length: > 0 } value])
                throw new WatchException($"dimensions: '{part}' is not NAME:VALUE, for instance InstanceId:i-0123456789abcdef0");
            dimensions.Add((JsonNode)new JsonObject { ["Name"] = name, ["Value"] = value });
        }

        return dimensions;
    }
}
