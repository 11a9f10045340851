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
/// statsd=HOST:8125: lines of StatsD over UDP, with Datadog's tags behind them unless <c>tags=false</c>. Counters carry the number, and a series has a line with 0
/// once, so that it is there; times are replayed from the distribution, with the share they stand for as <c>@rate</c>, as samplers do. UDP answers nothing:
/// delivered means handed to the network.
/// </summary>
internal sealed class StatsdSink : IOutputSink
{
    // What fits into one frame of Ethernet, and what stays on this machine and fits into the buffers that servers read with.
    private const int MostBytes = 1400;
    private const int MostBytesHere = 8192;

    private readonly string _host;
    private readonly int _port;
    private readonly bool _tagged;
    private readonly int _points;
    private readonly Socket _socket = new(SocketType.Dgram, ProtocolType.Udp);
    private readonly StatsdLines _lines;
    private readonly Dictionary<SeriesKey, byte[]> _tags = [];
    private readonly HashSet<(byte[] Tags, string Counter)> _counters = [];
    private long[] _values = new long[64];

    private StatsdSink(OutputOptions options)
    {
        var colon = options.Target.LastIndexOf(':');
        _port = 8125;
        _host = colon > 0 ? options.Target[..colon] : options.Target;
        if (_host.Length == 0 || (colon > 0 && !(int.TryParse(options.Target[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _port) && _port is > 0 and <= IPEndPoint.MaxPort)))
            throw options.Error("an address is needed, as in statsd=127.0.0.1:8125");
        Name = options.Shown;
        Period = options.Length("period", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        _tagged = options.Flag("tags", true);
        _points = options.Int("points", 10, 1, 10_000);
        _lines = new StatsdLines(options.Text("prefix") ?? "onrush.", options.Int("datagram", IsHere(_host) ? MostBytesHere : MostBytes, 100, 65_000));
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
        Line("users", interval.Picture.Users, "g", []);
        Line("in_flight", interval.Picture.InFlight, "g", []);
        foreach (var series in interval.Totals.Series.Values.Where(series => series.Succeeded + series.Failed > 0))
        {
            var tags = Tags(series.Key);
            Counter("requests", series.Succeeded + series.Failed, tags);
            Counter("failures", series.Failed, tags);
            Counter("bytes_sent", series.BytesSent, tags);
            Counter("bytes_received", series.BytesReceived, tags);
            Times("response_time", HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure)), tags);
        }

        foreach (var iterations in interval.Totals.Iterations.Values)
        {
            var tags = Tags(new SeriesKey(iterations.Scenario, "", ""));
            Counter("iterations", iterations.Duration.Count, tags);
            Counter("dropped_iterations", iterations.Dropped, tags);
        }

        foreach (var (key, metric) in interval.Totals.Metrics.Where(metric => !ReservedMetrics.IsShownElsewhere(metric.Key.Name)))
            Reported(key, metric, Tags(new SeriesKey(key.Scenario, "", "", key.Tags)));
        return _lines.Take();
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

    private void Reported(MetricKey key, MetricInterval metric, byte[] tags)
    {
        var name = Plain(key.Name);
        if (key.Kind == MetricKind.Rate)
        {
            Counter(name + ".pass", metric.Sum, tags);
            Counter(name + ".fail", metric.Count - metric.Sum, tags);
        }
        else if (key.Kind == MetricKind.Trend)
        {
            Times(name, metric.Values, tags, TrendScale.PerUnit(key.Unit), key.Unit == MetricUnit.Milliseconds ? "ms" : "h");
        }
        else if (key.Kind == MetricKind.Gauge)
        {
            Line(name, metric.Last, "g", tags);
        }
        else
        {
            Counter(name, metric.Sum, tags);
        }
    }

    // Nothing adds nothing: after the first time it is left out.
    private void Counter(string name, double value, byte[] tags)
    {
        if (_counters.Add((tags, name)) || value != 0)
            Line(name, value, "c", tags);
    }

    private void Times(string name, HistogramData times, byte[] tags, double perUnit = 1e6, string type = "ms")
    {
        var count = (int)Math.Min(times.Count, _points);
        if (count == 0)
            return;
        if (_values.Length < count)
            _values = new long[count];
        Representatives.Fill(times, _values.AsSpan(0, count), withEnds: count >= 10);
        if (times.Count > count)
            type = string.Create(CultureInfo.InvariantCulture, $"{type}|@{(double)count / times.Count:0.########}");
        for (var i = 0; i < count; i++)
            Line(name, _values[i] / perUnit, type, tags);
    }

    private void Line(string name, double value, string type, byte[] tags) => _lines.Add(name, value, type, tags);

    // Written once for a series, and the same array each time.
    private byte[] Tags(SeriesKey key)
    {
        if (!_tags.TryGetValue(key, out var written))
            _tags.Add(key, written = Encoding.UTF8.GetBytes(Text(key)));
        return written;
    }

    private string Text(SeriesKey key)
    {
        if (!_tagged)
            return "";
        (string Name, string Value)[] tags =
            [("scenario", key.Scenario), ("method", key.Method), ("name", key.Name), .. (key.Tags ?? TagSet.Empty).Tags.Select(tag => (tag.Key, tag.Value))];
        return "|#" + string.Join(',', tags.Where(tag => tag.Value.Length > 0).Select(tag => $"{Plain(tag.Name)}:{Plain(tag.Value)}"));
    }

    private static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // What has a meaning of its own in a line.
    private static string Plain(string text) => string.Concat(text.Select(c => c is '|' or ',' or '@' or '#' or '\n' or '\r' or ':' ? '_' : c));
}
