using Onrush.Outputs.Prometheus.Text;

namespace Onrush.Outputs.Prometheus.RemoteWrite;

/// <summary>
/// Builds the messages of remote write 1.0. Field numbers:
/// <code>
/// WriteRequest  timeseries 1, metadata 3
/// TimeSeries    labels 1 (name 1, value 2), samples 2 (value 1, timestamp 2), histograms 4
/// Histogram     count 1, sum 3, schema 4, zero_threshold 5, zero_count 6, positive_spans 11 (offset 1, length 2), positive_deltas 12, timestamp 15
/// Metadata      type 1, family 2, help 4
/// </code>
/// Labels are sorted, the name among them. Used by one thread.
/// </summary>
internal sealed class WriteRequest
{
    // What Prometheus takes for "this series has ended"; one NaN of many.
    private static readonly double Stale = BitConverter.Int64BitsToDouble(0x7ff0000000000002);

    private readonly ProtoWriter _request = new();
    private readonly ProtoWriter _series = new();
    private readonly ProtoWriter _part = new();
    private readonly ProtoWriter _inner = new();

    /// <summary>Series in it.</summary>
    public int Series { get; private set; }

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Bytes => _request.Bytes;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _request.Clear();
        Series = 0;
    }

    /// <summary>Says what a metric is.</summary>
    public void Describe(PromFamily family)
    {
        _part.Clear();
        _part.Unsigned(1, family.Type switch { PromType.Counter => 1, PromType.Gauge => 2, _ => 3 });
        _part.Text(2, family.SampleName);
        _part.Text(4, family.Help);
        _request.Message(3, _part.Bytes);
    }

    /// <summary>Adds a series with one number.</summary>
    public void Add(string name, PromLabels labels, string? bound, double value, long unixMs)
    {
        Begin(name, labels, bound);
        _part.Clear();
        _part.Double(1, value);
        _part.Signed(2, unixMs);
        _series.Message(2, _part.Bytes);
        End();
    }

    /// <summary>Says that a series has ended: a number or a histogram, as the series has them.</summary>
    public void End(string name, PromLabels labels, string? bound, bool isNative, long unixMs)
    {
        if (!isNative)
        {
            Add(name, labels, bound, Stale, unixMs);
            return;
        }

        Begin(name, labels, null);
        _part.Clear();
        _part.Double(3, Stale);
        _part.Signed(15, unixMs);
        _series.Message(4, _part.Bytes);
        End();
    }

    /// <summary>Adds a series with a native histogram.</summary>
    public void AddNative(string name, PromSample sample, long unixMs)
    {
        var values = sample.Distribution!;
        var native = NativeHistogram.Of(values, sample.PerUnit);
        Begin(name, sample.Labels, null);
        _part.Clear();
        _part.Unsigned(1, (ulong)values.Count);
        _part.Double(3, (double)values.Sum / sample.PerUnit);
        _part.ZigZag(4, NativeHistogram.Schema);
        _part.Double(5, 1e-128);
        _part.Unsigned(6, (ulong)native.Zeros);
        foreach (var (offset, length) in native.Spans)
        {
            _inner.Clear();
            _inner.ZigZag(1, offset);
            _inner.Unsigned(2, (ulong)length);
            _part.Message(11, _inner.Bytes);
        }

        _part.PackedZigZag(12, native.Deltas);
        _part.Signed(15, unixMs);
        _series.Message(4, _part.Bytes);
        End();
    }

    /// <summary>A bound of a bucket as a label.</summary>
    public static string Bound(double bound) => ExpositionText.Number(bound);

    private void Begin(string name, PromLabels labels, string? bound)
    {
        _series.Clear();
        var isBound = bound is null;
        Label("__name__", name);
        foreach (var (label, value) in labels.All)
        {
            if (!isBound && string.CompareOrdinal(label, "le") > 0)
            {
                Label("le", bound!);
                isBound = true;
            }

            Label(label, value);
        }

        if (!isBound)
            Label("le", bound!);
    }

    private void Label(string name, string value)
    {
        _part.Clear();
        _part.Text(1, name);
        _part.Text(2, value);
        _series.Message(1, _part.Bytes);
    }

    private void End()
    {
        _request.Message(1, _series.Bytes);
        Series++;
    }
}
