using System.Globalization;
using System.Text;
using Onrush.Measurement;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Influx;

/// <summary>
/// k6's points of single requests: ten for each (two where it is no HTTP), with k6's measurements, tags and the field <c>value</c>, and one of <c>errors</c>
/// for one that failed. A request has the millisecond in which it ended; of several in one with the same tags each is a nanosecond later than the one
/// before, since the database would take them for the same point. Used by one thread.
/// </summary>
internal sealed class K6RequestPoints(IReadOnlyList<KeyValuePair<string, string>> tags, bool gzip, TimeProvider time) : IRequestEncoder
{
    private const int MostPoints = 20_000;

    // A target that makes up a text for each failure must not fill the database with tags.
    private const int MostErrors = 500;
    private const int LongestError = 200;
    private const string OtherErrors = "(other errors)";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(SeriesKey Series, short Status, Outcome Outcome, string? Message), Tagged> _known = [];
    private readonly Dictionary<string, Tagged> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _errors = new(StringComparer.Ordinal);
    private readonly LineBuilder _tags = new();
    private readonly LineBuilder _lines = new();
    private long _since;

    /// <inheritdoc/>
    public int RecordsOfLost => 10;

    /// <inheritdoc/>
    public void Add(in RequestEntry entry, Action<OutputBatch> take)
    {
        if (_lines.Points == 0)
            _since = time.GetTimestamp();
        Write(entry);
        if (_lines.Points >= MostPoints)
            End(take);
    }

    /// <inheritdoc/>
    public void Rest(Action<OutputBatch> take)
    {
        if (_lines.Points > 0 && time.GetElapsedTime(_since) > LongestWait)
            End(take);
    }

    /// <inheritdoc/>
    public void End(Action<OutputBatch> take)
    {
        if (_lines.Points == 0)
            return;
        take(InfluxBatch.Of(_lines.Bytes, _lines.Points, gzip));
        _lines.Clear();
    }

    private void Write(in RequestEntry entry)
    {
        var tagged = Of(entry);
        var at = tagged.Last = Math.Max(entry.EndUnixMs * 1_000_000, tagged.Last + 1);
        var isGood = entry.Outcome == Outcome.Success;
        if (!isGood)
            Point("errors", 1);
        if (entry.Series.Tags?[MetricTags.Protocol] is not null)
        {
            Point("requests", 1);
            Point("response_time", entry.ResponseNs / 1e6);
            return;
        }

        Point("http_reqs", 1);
        Point("http_req_failed", isGood ? 0 : 1);
        Point("http_req_duration", (entry.SendNs + entry.WaitNs + entry.ReceiveNs) / 1e6);
        Point("http_req_blocked", entry.BlockedNs / 1e6);
        Point("http_req_looking_up", entry.DnsNs / 1e6);
        Point("http_req_connecting", entry.ConnectNs / 1e6);
        Point("http_req_tls_handshaking", entry.TlsNs / 1e6);
        Point("http_req_sending", entry.SendNs / 1e6);
        Point("http_req_waiting", entry.WaitNs / 1e6);
        Point("http_req_receiving", entry.ReceiveNs / 1e6);

        void Point(string metric, double value) => _lines.Point(metric).Tags(tagged.Bytes).Field("value", value).End(at);
    }

    private Tagged Of(in RequestEntry entry)
    {
        var message = entry.Outcome == Outcome.Success || entry.Message is null ? null : Capped(entry.Message);
        var key = (entry.Series, entry.Status, entry.Outcome, message);
        if (_known.TryGetValue(key, out var known))
            return known;
        var isHttp = entry.Series.Tags?[MetricTags.Protocol] is null;
        _tags.Clear();
        _tags.Point("t");
        foreach (var (name, value) in tags)
            _tags.Tag(name, value);
        foreach (var (name, value) in (entry.Series.Tags ?? TagSet.Empty).Tags)
            _tags.Tag(name, value);
        _tags.Tag("error", message).Tag("error_code", K6ErrorCode.Of(entry.Outcome, entry.Status))
            .Tag("expected_response", entry.Outcome == Outcome.Success ? "true" : "false")
            .Tag("method", entry.Series.Method).Tag("name", entry.Series.Name).Tag("scenario", entry.Series.Scenario)
            .Tag("status", isHttp ? entry.Status.ToString(CultureInfo.InvariantCulture) : "").Field("f", 1L).End(0);
        var bytes = _tags.Bytes[1.._tags.Bytes.LastIndexOf(" f="u8)].ToArray();
        // What differs here may be the same to the database: then they share their times too.
        var text = Encoding.UTF8.GetString(bytes);
        if (!_written.TryGetValue(text, out known))
            _written.Add(text, known = new Tagged(bytes));
        _known.Add(key, known);
        return known;
    }

    private string Capped(string message)
    {
        if (message.Length > LongestError)
            message = message[..LongestError];
        return _errors.Contains(message) || (_errors.Count < MostErrors && _errors.Add(message)) ? message : OtherErrors;
    }

    /// <summary>Tags as they are written, and when a point with them was last.</summary>
    private sealed class Tagged(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public long Last { get; set; }
    }
}
