using Onrush.Measurement;

namespace Onrush.Outputs.Otlp;

/// <summary>
/// Metrics as the message ExportMetricsServiceRequest of OpenTelemetry. Written by hand, since the SDK can only export what it has recorded itself, value by value, and
/// we have distributions. The numbers of the fields are those of opentelemetry.proto.metrics.v1.
/// </summary>
internal static class OtlpRequest
{
    private const ulong Delta = 1, Cumulative = 2;

    /// <summary>The message.</summary>
    /// <param name="resource">What describes the sender.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="startMs">From when the sums count, in milliseconds of Unix time.</param>
    /// <param name="timeMs">Their instant.</param>
    /// <param name="isDelta">Whether they count from the point before instead of the start.</param>
    public static byte[] Write(OtlpAttributes resource, IReadOnlyList<OtlpMetric> metrics, long startMs, long timeMs, bool isDelta)
    {
        var times = (Start: (ulong)startMs * 1_000_000, Time: (ulong)timeMs * 1_000_000);
        var root = new ProtoWriter();
        root.Message(1, resourceMetrics =>
        {
            resourceMetrics.Message(1, message => Attributes(message, 1, resource));
            resourceMetrics.Message(2, scopeMetrics =>
            {
                scopeMetrics.Message(1, scope => scope.Text(1, "onrush"));
                foreach (var metric in metrics)
                    scopeMetrics.Message(2, message => Metric(message, metric, times, isDelta ? Delta : Cumulative));
            });
        });
        return root.Written.ToArray();
    }

    private static void Metric(ProtoWriter to, OtlpMetric metric, (ulong Start, ulong Time) times, ulong temporality)
    {
        to.Text(1, metric.Name);
        to.Text(2, metric.Description);
        to.Text(3, metric.Unit);
        switch (metric.Kind)
        {
            case OtlpKind.Gauge:
                to.Message(5, gauge => Points(gauge, metric, point => Number(point, null, times.Time)));
                break;
            case OtlpKind.Sum:
                to.Message(7, sum =>
                {
                    Points(sum, metric, point => Number(point, times.Start, times.Time));
                    sum.Number(2, temporality);
                    sum.Number(3, 1);
                });
                break;
            default:
                to.Message(10, histogram =>
                {
                    Points(histogram, metric, point => Distribution(point, times.Start, times.Time));
                    histogram.Number(2, temporality);
                });
                break;
        }
    }

    private static void Points(ProtoWriter to, OtlpMetric metric, Func<OtlpPoint, Action<ProtoWriter>> write)
    {
        foreach (var point in metric.Points)
            to.Message(1, write(point));
    }

    private static Action<ProtoWriter> Number(OtlpPoint point, ulong? start, ulong time) => to =>
    {
        if (start is { } begin)
            to.Fixed(2, begin);
        to.Fixed(3, time);
        to.Real(4, point.Value);
        Attributes(to, 7, point.Attributes);
    };

    private static Action<ProtoWriter> Distribution(OtlpPoint point, ulong start, ulong time) => to =>
    {
        var buckets = ExponentialBuckets.Of(point.Times);
        Attributes(to, 1, point.Attributes);
        to.Fixed(2, start);
        to.Fixed(3, time);
        to.Fixed(4, (ulong)point.Times.Count);
        to.Real(5, (double)point.Times.Sum / 1e9);
        to.Signed(6, buckets.Scale);
        to.Fixed(7, buckets.Zeros);
        to.Message(8, positive =>
        {
            positive.Signed(1, buckets.Offset);
            positive.Packed(2, buckets.Counts);
        });
        if (point.Times.Count == 0)
            return;
        to.Real(12, point.Times.Min / 1e9);
        to.Real(13, point.Times.Max / 1e9);
    };

    private static void Attributes(ProtoWriter to, int field, OtlpAttributes attributes)
    {
        foreach (var (name, value) in attributes.All)
        {
            to.Message(field, pair =>
            {
                pair.Text(1, name);
                pair.Message(2, any =>
                {
                    if (value is string text)
                        any.Text(1, text);
                    else
                        any.Number(3, (ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                });
            });
        }
    }
}
