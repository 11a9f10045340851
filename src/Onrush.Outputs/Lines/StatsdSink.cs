using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Onrush.Measurement;
using Onrush.Outputs.K6;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Lines;

/// <summary>
/// statsd=HOST:8125: lines of StatsD over UDP, with Datadog's tags behind them unless <c>tags=false</c>. Counters carry the number; times are replayed from the
/// distribution, with the share they stand for as <c>@rate</c>, as samplers do. UDP answers nothing: delivered means handed to the network.
/// </summary>
internal sealed class StatsdSink : IOutputSink
{
    // What fits into one frame of Ethernet.
    private const int MostBytes = 1400;

    private readonly string _host;
    private readonly int _port;
    private readonly string _prefix;
    private readonly bool _tagged;
    private readonly int _points;
    private readonly Socket _socket = new(SocketType.Dgram, ProtocolType.Udp);
    private readonly StringBuilder _text = new();
    private readonly List<OutputBatch> _batches = [];
    private long[] _values = new long[64];
    private int _lines;

    private StatsdSink(OutputOptions options)
    {
        var colon = options.Target.LastIndexOf(':');
        _port = 8125;
        _host = colon > 0 ? options.Target[..colon] : options.Target;
        if (_host.Length == 0 || (colon > 0 && !(int.TryParse(options.Target[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _port) && _port is > 0 and <= IPEndPoint.MaxPort)))
            throw options.Error("an address is needed, as in statsd=127.0.0.1:8125");
        Name = options.Shown;
        Period = options.Length("period", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        _prefix = options.Text("prefix") ?? "onrush.";
        _tagged = options.Flag("tags", true);
        _points = options.Int("points", 10, 1, 10_000);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => "lines";

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    /// <inheritdoc/>
    public bool IsIdempotent => false;

    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) => new StatsdSink(options);

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        await _socket.ConnectAsync(_host, _port, cancel).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        _batches.Clear();
        Line("users", interval.Picture.Users, "g", "");
        Line("in_flight", interval.Picture.InFlight, "g", "");
        foreach (var series in interval.Totals.Series.Values.Where(series => series.Succeeded + series.Failed > 0))
        {
            var tags = Tags([("scenario", series.Key.Scenario), ("method", series.Key.Method), ("name", series.Key.Name), .. Own(series.Key.Tags)]);
            Line("requests", series.Succeeded + series.Failed, "c", tags);
            Line("failures", series.Failed, "c", tags);
            Line("bytes_sent", series.BytesSent, "c", tags);
            Line("bytes_received", series.BytesReceived, "c", tags);
            Times("response_time", HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure)), tags);
        }

        foreach (var iterations in interval.Totals.Iterations.Values)
        {
            var tags = Tags([("scenario", iterations.Scenario)]);
            Line("iterations", iterations.Duration.Count, "c", tags);
            Line("dropped_iterations", iterations.Dropped, "c", tags);
        }

        foreach (var (key, metric) in interval.Totals.Metrics.Where(metric => metric.Key.Name != StopTable.Metric))
            Reported(key, metric, Tags([("scenario", key.Scenario), .. Own(key.Tags)]));
        Flush();
        return [.. _batches];
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        if (!_socket.Connected)
            await _socket.ConnectAsync(_host, _port, cancel).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(batch.Body, cancel).ConfigureAwait(false);
            return Delivery.Stored;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The machine has told of a datagram before this one that nobody listens there.
            return new Delivery(DeliveryKind.Failed, "nobody listens there");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Reported(MetricKey key, MetricInterval metric, string tags)
    {
        var name = Plain(key.Name);
        if (key.Kind == MetricKind.Rate)
        {
            Line(name + ".pass", metric.Sum, "c", tags);
            Line(name + ".fail", metric.Count - metric.Sum, "c", tags);
        }
        else if (key.Kind == MetricKind.Trend)
        {
            Times(name, metric.Values, tags, TrendScale.PerUnit(key.Unit), key.Unit == MetricUnit.Milliseconds ? "ms" : "h");
        }
        else
        {
            Line(name, key.Kind == MetricKind.Gauge ? metric.Last : metric.Sum, key.Kind == MetricKind.Gauge ? "g" : "c", tags);
        }
    }

    private void Times(string name, HistogramData times, string tags, double perUnit = 1e6, string type = "ms")
    {
        var count = (int)Math.Min(times.Count, _points);
        if (count == 0)
            return;
        if (_values.Length < count)
            _values = new long[count];
        Representatives.Fill(times, _values.AsSpan(0, count), withEnds: count >= 10);
        var rate = times.Count > count ? string.Create(CultureInfo.InvariantCulture, $"|@{(double)count / times.Count:0.########}") : "";
        for (var i = 0; i < count; i++)
            Line(name, _values[i] / perUnit, type + rate, tags);
    }

    private void Line(string name, double value, string type, string tags)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{name}:{value:0.######}|{type}{tags}");
        if (_text.Length > 0 && Encoding.UTF8.GetByteCount(line) + Encoding.UTF8.GetByteCount(_text.ToString()) + 1 > MostBytes)
            Flush();
        if (_text.Length > 0)
            _text.Append('\n');
        _text.Append(line);
        _lines++;
    }

    private void Flush()
    {
        if (_lines > 0)
            _batches.Add(new OutputBatch(Encoding.UTF8.GetBytes(_text.ToString()), _lines));
        _text.Clear();
        _lines = 0;
    }

    private string Tags(IReadOnlyList<(string Name, string Value)> tags) =>
        _tagged ? "|#" + string.Join(',', tags.Where(tag => tag.Value.Length > 0).Select(tag => $"{Plain(tag.Name)}:{Plain(tag.Value)}")) : "";

    private static IEnumerable<(string, string)> Own(TagSet? tags) => (tags ?? TagSet.Empty).Tags.Select(tag => (tag.Key, tag.Value));

    // What has a meaning of its own in a line.
    private static string Plain(string text) => string.Concat(text.Select(c => c is '|' or ',' or '@' or '#' or '\n' or '\r' or ':' ? '_' : c));
}
