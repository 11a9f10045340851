using System.Text.Json;

namespace Onrush.Testing.Targets.Aws;

/// <summary>What CloudWatch does with metrics, stricter than itself: every limit it has is held, and values are kept as they add up.</summary>
public sealed class MetricStore(TimeProvider time)
{
    private static readonly HashSet<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    private readonly Dictionary<(MetricId Id, long Second), StoredPoint> _points = [];

    /// <summary>All points, by metric and the second they count for.</summary>
    public IReadOnlyList<(MetricId Id, long Second, StoredPoint Point)> Points
    {
        get
        {
            lock (_points)
                return [.. _points.Select(p => (p.Key.Id, p.Key.Second, p.Value)).OrderBy(p => p.Second)];
        }
    }

    /// <summary>Takes a PutMetricData: all of it or nothing.</summary>
    /// <exception cref="AwsFaultException">It breaks a rule.</exception>
    public void Put(JsonElement request)
    {
        string space = Text(request, "Namespace") is { Length: >= 1 and <= 255 } name && !name.StartsWith("AWS/", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || ".-_/#: ".Contains(c))
            ? name : throw Wrong("Namespace must be 1 to 255 characters of those allowed and not begin with AWS/");
        if (!request.TryGetProperty("MetricData", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() == 0)
            throw new AwsFaultException("MissingParameter", "The parameter MetricData is required.");
        if (data.GetArrayLength() > 1000)
            throw new AwsFaultException("LimitExceededFault", $"The collection MetricData must not have a size greater than 1000; it has {data.GetArrayLength()}");
        List<((MetricId, long), StoredPoint)> read = [.. data.EnumerateArray().Select(datum => Read(space, datum))];
        lock (_points)
        {
            foreach (var (key, point) in read)
                _points[key] = _points.TryGetValue(key, out var before) ? before.Join(point) : point;
        }
    }

    /// <summary>Puts a value there that only AWS itself can, such as one of its own namespaces.</summary>
    public void Seed(MetricId id, DateTimeOffset at, double value)
    {
        lock (_points)
            _points[(id, at.ToUnixTimeSeconds())] = new StoredPoint(1, value, value, value, new Dictionary<double, double> { [value] = 1 });
    }

    private ((MetricId, long), StoredPoint) Read(string space, JsonElement datum)
    {
        string name = Text(datum, "MetricName") is { Length: >= 1 and <= 255 } given && given.All(c => c is > ' ' and < '\x7f') ? given : throw Wrong("MetricName must be 1 to 255 characters of ASCII");
        var dimensions = Dimensions(datum);
        string unit = Text(datum, "Unit") ?? "None";
        if (!Units.Contains(unit))
            throw Wrong($"The parameter Unit must be a value in the set of units; it is {unit}");
        int resolution = datum.TryGetProperty("StorageResolution", out var given2) ? given2.GetInt32() : 60;
        if (resolution is not (1 or 60))
            throw Wrong("StorageResolution must be 1 or 60");
        var at = datum.TryGetProperty("Timestamp", out var stamp) ? DateTimeOffset.FromUnixTimeMilliseconds((long)(stamp.GetDouble() * 1000)) : time.GetUtcNow();
        if (at < time.GetUtcNow().AddDays(-14) || at > time.GetUtcNow().AddHours(2))
            throw Wrong($"The timestamp {at:O} must be within two weeks back and two hours ahead");
        long second = at.ToUnixTimeSeconds() / resolution * resolution;
        return ((new MetricId(space, name, dimensions, unit), second), Values(datum));
    }

    private static string Dimensions(JsonElement datum)
    {
        if (!datum.TryGetProperty("Dimensions", out var list))
            return "";
        if (list.GetArrayLength() > 30)
            throw Wrong("A metric has 30 dimensions at most");
        SortedDictionary<string, string> dimensions = new(StringComparer.Ordinal);
        foreach (var dimension in list.EnumerateArray())
        {
            string name = Text(dimension, "Name") ?? "", value = Text(dimension, "Value") ?? "";
            if (name.Length is 0 or > 255 || name[0] == ':' || !name.All(c => c is >= ' ' and < '\x7f'))
                throw Wrong($"The dimension name '{name}' is not 1 to 255 characters of ASCII without a colon in front");
            if (value.Length is 0 or > 1024 || value[0] == ':' || string.IsNullOrWhiteSpace(value) || !value.All(c => c is >= ' ' and < '\x7f'))
                throw Wrong($"The value '{value}' of dimension {name} is not 1 to 1024 characters of ASCII with one that is no blank and without a colon in front");
            if (!dimensions.TryAdd(name, value))
                throw Wrong($"Dimension {name} is there twice");
        }

        return string.Join(',', dimensions.Select(d => $"{d.Key}={d.Value}"));
    }

    private static StoredPoint Values(JsonElement datum)
    {
        bool single = datum.TryGetProperty("Value", out var value), many = datum.TryGetProperty("Values", out var values), set = datum.TryGetProperty("StatisticValues", out var statistics);
        if ((single ? 1 : 0) + (many ? 1 : 0) + (set ? 1 : 0) != 1)
            throw Wrong("Exactly one of Value, Values and StatisticValues must be given");
        if (set)
        {
            var (count, sum, least, most) = (Number(statistics, "SampleCount"), Number(statistics, "Sum"), Number(statistics, "Minimum"), Number(statistics, "Maximum"));
            if (count <= 0 || least > most || sum < least * count * (1 - 1e-9) || sum > most * count * (1 + 1e-9))
                throw Wrong("StatisticValues contradict each other");
            return new StoredPoint(count, sum, least, most, least == most ? new SortedDictionary<double, double> { [least] = count } : null);
        }

        SortedDictionary<double, double> distribution = [];
        if (single)
        {
            distribution[Checked(value.GetDouble())] = 1;
        }
        else
        {
            double[] counts = datum.TryGetProperty("Counts", out var given) ? [.. given.EnumerateArray().Select(c => c.GetDouble())] : [.. Enumerable.Repeat(1.0, values.GetArrayLength())];
            if (values.GetArrayLength() is 0 or > 150 || counts.Length != values.GetArrayLength() || counts.Any(c => c <= 0))
                throw Wrong($"Values must be 1 to 150 and Counts as many and above zero; they are {values.GetArrayLength()} and {counts.Length}");
            foreach (var (v, c) in values.EnumerateArray().Zip(counts))
                distribution[Checked(v.GetDouble())] = distribution.GetValueOrDefault(v.GetDouble()) + c;
        }

        return new StoredPoint(distribution.Values.Sum(), distribution.Sum(p => p.Key * p.Value), distribution.Keys.First(), distribution.Keys.Last(), distribution);
    }

    private static double Checked(double value) => double.IsFinite(value) && Math.Abs(value) <= Math.Pow(2, 360) ? value : throw Wrong("A value must be a number within 2^360");

    private static double Number(JsonElement element, string name) => Checked(element.GetProperty(name).GetDouble());

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static AwsFaultException Wrong(string message) => new("InvalidParameterValue", message);
}

/// <summary>What tells a metric from others.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions, by name, as a=b,c=d.</param>
/// <param name="Unit">Its unit.</param>
public sealed record MetricId(string Namespace, string Name, string Dimensions, string Unit);

/// <summary>What a metric has in one second.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Values">Each value and how often; null when that is not known.</param>
public sealed record StoredPoint(double Count, double Sum, double Min, double Max, IReadOnlyDictionary<double, double>? Values)
{
    public StoredPoint Join(StoredPoint other) => new(
        Count + other.Count, Sum + other.Sum, Math.Min(Min, other.Min), Math.Max(Max, other.Max),
        Values is null || other.Values is null ? null : new SortedDictionary<double, double>(Values.Concat(other.Values).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Sum(v => v.Value))));

    /// <summary>A percentile, from 0 to 1; null when only sums are known.</summary>
    public double? Percentile(double fraction)
    {
        double rank = Math.Ceiling(fraction * Count), seen = 0;
        foreach (var (value, count) in Values ?? new Dictionary<double, double>())
        {
            seen += count;
            if (seen >= rank)
                return value;
        }

        return null;
    }
}
