using Onrush.Measurement;

namespace Onrush;

/// <summary>The requests of one scenario, method, name and set of tags that finished in one interval. Immutable.</summary>
public sealed record OutputSeries
{
    private readonly HistogramData _times;

    internal OutputSeries(HistogramData times) => _times = times;

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>HTTP method or request type.</summary>
    public required string Method { get; init; }

    /// <summary>Name the requests are grouped under.</summary>
    public required string Name { get; init; }

    /// <summary>Further tags by name, the group among them.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Requests that finished, good or failed.</summary>
    public long Requests { get; init; }

    /// <summary>Those that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Responses by HTTP status.</summary>
    public IReadOnlyDictionary<int, long> Statuses { get; init; } = new Dictionary<int, long>();

    /// <summary>Bytes written, heads included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes read, heads included.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Mean response time in milliseconds, exact; 0 without requests.</summary>
    public double AverageMs => _times.Average / 1e6;

    /// <summary>Shortest response time in milliseconds, exact.</summary>
    public double MinMs => _times.Min / 1e6;

    /// <summary>Longest response time in milliseconds, exact.</summary>
    public double MaxMs => _times.Max / 1e6;

    /// <summary>The response time in milliseconds that the given share of the requests does not exceed, within 0.4 %.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    public double PercentileMs(double fraction) => _times.Percentile(fraction) / 1e6;
}
