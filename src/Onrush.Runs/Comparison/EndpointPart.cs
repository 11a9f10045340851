using Onrush.Measurement;

namespace Onrush.Runs.Comparison;

/// <summary>What one endpoint gave in a stretch of time.</summary>
/// <param name="Succeeded">Requests that succeeded.</param>
/// <param name="Failed">Requests that failed.</param>
/// <param name="Times">Response times of those that succeeded.</param>
internal sealed record EndpointPart(long Succeeded, long Failed, HistogramData Times)
{
    /// <summary>No request.</summary>
    public static readonly EndpointPart Empty = new(0, 0, HistogramData.Empty);

    /// <summary>Requests finished, good or failed.</summary>
    public long Requests => Succeeded + Failed;

    /// <summary>Both together.</summary>
    public static EndpointPart Merge(EndpointPart a, EndpointPart b) => new(a.Succeeded + b.Succeeded, a.Failed + b.Failed, HistogramData.Merge(a.Times, b.Times));
}
