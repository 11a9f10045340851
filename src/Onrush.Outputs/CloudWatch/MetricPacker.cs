using System.Buffers;
using System.Text.Json;
using Onrush.Outputs.Aws;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.CloudWatch;

/// <summary>Packs metrics into as few requests as their limits allow.</summary>
internal sealed class MetricPacker(string space, string host, bool isFine)
{
    /// <summary>Most metrics in one request.</summary>
    public const int MostData = 1000;

    /// <summary>Most bytes of one request before it is packed; AWS takes 1 MB.</summary>
    public const int MostBytes = 900_000;

    // What a datum can take at most: 150 values and counts and two long dimensions.
    private const int LargestDatum = 8_000;

    /// <summary>The requests for the metrics of one instant.</summary>
    public IEnumerable<OutputBatch> Pack(IEnumerable<MetricDatum> data, long unixMs)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        Utf8JsonWriter? json = null;
        int count = 0;
        foreach (var datum in data)
        {
            if (json is null)
                Begin();
            datum.Write(json!, host, unixMs, isFine);
            count++;
            if (count == MostData || json!.BytesCommitted + json.BytesPending > MostBytes - LargestDatum)
                yield return End();
        }

        if (count > 0)
            yield return End();

        void Begin()
        {
            buffer = new ArrayBufferWriter<byte>(1 << 16);
            json = new Utf8JsonWriter(buffer);
            json.WriteStartObject();
            json.WriteString("Namespace", space);
            json.WriteStartArray("MetricData");
        }

        OutputBatch End()
        {
            json!.WriteEndArray();
            json.WriteEndObject();
            json.Dispose();
            json = null;
            var body = AwsClient.Pack(buffer.WrittenSpan);
            var batch = new OutputBatch(body.Bytes, count, new CloudWatchCall(CloudWatchCallKind.Metrics, body.IsPacked));
            count = 0;
            return batch;
        }
    }
}

/// <summary>What a batch is.</summary>
internal enum CloudWatchCallKind
{
    /// <summary>PutMetricData.</summary>
    Metrics,

    /// <summary>PutLogEvents.</summary>
    Logs,

    /// <summary>Lines for the console.</summary>
    Console,
}

/// <summary>How a batch is sent.</summary>
internal sealed record CloudWatchCall(CloudWatchCallKind Kind, bool IsPacked);
