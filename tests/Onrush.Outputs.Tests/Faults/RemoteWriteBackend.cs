using System.Collections.Concurrent;
using System.Text;
using Onrush.Outputs.Tests.Otlp;
using Onrush.Outputs.Tests.Prometheus;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>Prometheus's remote write: the same sample twice is one. A request with a sample it does not like is refused as a whole.</summary>
internal sealed class RemoteWriteBackend : Backend
{
    private readonly ConcurrentDictionary<(string Series, long Ms), double> _samples = [];

    public override long Records => _samples.Count;

    // A sum since the start of the run: the largest value of each series.
    public override double Requests => _samples.Where(sample => sample.Key.Series.Contains("__name__=onrush_requests_total", StringComparison.Ordinal) && !double.IsNaN(sample.Value))
        .GroupBy(sample => sample.Key.Series).Sum(series => series.Max(sample => sample.Value));

    protected override (int Status, byte[] Body) ButOne => (400, "out of order sample"u8.ToArray());

    public override string Out(string url) => $"prometheus-rw={url}/write&period=1s";

    protected override bool TryStore(byte[] body, bool butOne)
    {
        if (butOne)
            return false;
        foreach (var series in new ProtoMessage(SnappyReader.Read(body)).All(1))
        {
            var labels = string.Join(',', series.All(1).Select(label => $"{label.Text(1)}={label.Text(2)}"));
            foreach (var sample in series.All(2))
                _samples[(labels, (long)sample.Number(2))] = sample.Real(1);
        }

        return true;
    }
}
