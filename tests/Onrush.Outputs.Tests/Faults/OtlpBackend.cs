using System.Collections.Concurrent;
using Onrush.Outputs.Tests.Otlp;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>A collector. Cumulative points with the same attributes and time are one; of differences each that comes is another.</summary>
internal sealed class OtlpBackend(bool delta) : Backend
{
    private const string Duration = "http.client.request.duration";

    private readonly ConcurrentDictionary<(string Metric, string Attributes, ulong Ns), ulong> _points = [];
    private long _again;

    public override long Records => _points.Count;

    /// <summary>Points that came once more, and that a difference would be counted twice for.</summary>
    public long Again => Interlocked.Read(ref _again);

    public override double Requests
    {
        get
        {
            var counts = _points.Where(point => point.Key.Metric == Duration).GroupBy(point => point.Key.Attributes);
            return counts.Sum(series => delta ? series.Sum(point => (double)point.Value) : series.Max(point => (double)point.Value));
        }
    }

    // ExportMetricsServiceResponse with partial_success { rejected_data_points: 1, error_message: "no" }.
    protected override (int Status, byte[] Body) ButOne => (200, [0x0A, 0x06, 0x08, 0x01, 0x12, 0x02, (byte)'n', (byte)'o']);

    public override string Out(string url) => $"otlp={url}&period=1s{(delta ? "&temporality=delta" : "")}";

    protected override bool TryStore(byte[] body, bool butOne)
    {
        foreach (var metric in new ProtoMessage(body).All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)))
        {
            // Gauge, sum and exponential histogram have their points in field 1; attributes are 7 there, and 1 in the histogram.
            foreach (var field in metric.Fields.Where(field => field is 5 or 7 or 10))
            {
                foreach (var point in metric.One(field).All(1))
                {
                    if (butOne && metric.Text(1) != Duration)
                    {
                        butOne = false;
                        continue;
                    }

                    if (!_points.TryAdd((metric.Text(1), point.Attributes(field == 10 ? 1 : 7), point.Number(3)), point.Number(4)))
                        Interlocked.Increment(ref _again);
                }
            }
        }

        return true;
    }
}
