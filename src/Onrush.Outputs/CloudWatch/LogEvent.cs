using System.Buffers;
using System.Text;
using System.Text.Json;
using Onrush.Outputs.Aws;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.CloudWatch;

/// <summary>A line of the log.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Message">What it says.</param>
internal readonly record struct LogEvent(long UnixMs, string Message);

/// <summary>Packs lines of the log into as few requests as their limits allow. Used by one thread.</summary>
internal sealed class LogPacker(string group, string stream)
{
    /// <summary>Most lines in one request.</summary>
    public const int MostEvents = 10_000;

    /// <summary>Most bytes in one request, as the service counts them.</summary>
    public const int MostBytes = 1_048_576;

    /// <summary>What a line counts for besides its bytes.</summary>
    public const int EventBytes = 26;

    // What belongs together is sent together, but not later than this.
    private const long WaitMs = 60_000;

    private readonly List<LogEvent> _waiting = [];
    private int _bytes;

    /// <summary>Takes lines that are not older than the ones before, and gives the requests that are full.</summary>
    public IEnumerable<OutputBatch> Add(IEnumerable<LogEvent> events)
    {
        foreach (var line in events)
        {
            int bytes = Encoding.UTF8.GetByteCount(line.Message) + EventBytes;
            if (_waiting.Count == MostEvents || _bytes + bytes > MostBytes || (_waiting.Count > 0 && line.UnixMs - _waiting[0].UnixMs >= WaitMs))
                yield return Flush();
            _waiting.Add(line);
            _bytes += bytes;
        }
    }

    /// <summary>The rest.</summary>
    public IEnumerable<OutputBatch> End() => _waiting.Count == 0 ? [] : [Flush()];

    private OutputBatch Flush()
    {
        var buffer = new ArrayBufferWriter<byte>(_bytes + 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("logGroupName", group);
            json.WriteString("logStreamName", stream);
            json.WriteStartArray("logEvents");
            foreach (var line in _waiting)
            {
                json.WriteStartObject();
                json.WriteNumber("timestamp", line.UnixMs);
                json.WriteString("message", line.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var body = AwsClient.Pack(buffer.WrittenSpan);
        var batch = new OutputBatch(body.Bytes, _waiting.Count, new CloudWatchCall(CloudWatchCallKind.Logs, body.IsPacked));
        _waiting.Clear();
        _bytes = 0;
        return batch;
    }
}
