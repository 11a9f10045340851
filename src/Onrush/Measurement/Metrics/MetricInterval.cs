namespace Onrush.Measurement;

/// <summary>
/// The values of one series of a metric in one interval. Immutable; merging is associative and commutative.
/// <code>
/// kind      Count     Sum              Min, Max   Last         Values
/// Counter   values    of the values    of them    the newest   empty
/// Gauge     values    of the values    of them    the newest   empty
/// Rate      values    of those not 0   0 or 1     the newest   empty
/// Trend     values    of the values    of them    the newest   the distribution, scaled as TrendScale says
/// </code>
/// </summary>
/// <param name="Count">Number of values, above 0.</param>
/// <param name="Sum">See the table.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Last">The newest value.</param>
/// <param name="LastUnixMs">When it was reported, in milliseconds of Unix time.</param>
/// <param name="Values">The distribution of a trend, in millionths of its unit (for milliseconds: in nanoseconds), of bytes as they are; empty for the other kinds.</param>
internal sealed record MetricInterval(long Count, double Sum, double Min, double Max, double Last, long LastUnixMs, HistogramData Values)
{
    /// <summary>
    /// Whether the parts agree, which those of a damaged record may not. Comparisons with what is no number are false; a sum may have been rounded past its
    /// bounds.
    /// </summary>
    public bool Holds =>
        Count > 0
        && Min >= -MetricInfo.Largest && Max <= MetricInfo.Largest && Min <= Max && Math.Abs(Last) <= MetricInfo.Largest
        && Math.Abs(Sum) <= Count * MetricInfo.Largest * 1.001
        && (Values.Count == 0 || Values.Count == Count);

    /// <summary>Both together. Of two newest values of the same millisecond the larger one holds, so that the order makes no difference.</summary>
    public static MetricInterval Merge(MetricInterval a, MetricInterval b)
    {
        var newest = (a.LastUnixMs, a.Last).CompareTo((b.LastUnixMs, b.Last)) >= 0 ? a : b;
        return new MetricInterval(
            a.Count + b.Count,
            a.Sum + b.Sum,
            Math.Min(a.Min, b.Min),
            Math.Max(a.Max, b.Max),
            newest.Last,
            newest.LastUnixMs,
            HistogramData.Merge(a.Values, b.Values));
    }
}
