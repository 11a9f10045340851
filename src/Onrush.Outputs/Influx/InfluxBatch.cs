using System.IO.Compression;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Influx;

/// <summary>Makes batches of lines, and smaller ones of one that was too large.</summary>
internal static class InfluxBatch
{
    /// <summary>Most points in a batch.</summary>
    public const int MostPoints = 5000;

    /// <summary>The lines as a batch.</summary>
    public static OutputBatch Of(ReadOnlySpan<byte> lines, long points, bool gzip)
    {
        if (!gzip)
            return new OutputBatch(lines.ToArray(), points);
        using var packed = new MemoryStream(lines.Length / 4);
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(lines);
        return new OutputBatch(packed.ToArray(), points);
    }

    /// <summary>Two halves of a batch; nothing when it is one line.</summary>
    public static IReadOnlyList<OutputBatch> Split(OutputBatch batch, bool gzip)
    {
        if (batch.Records < 2)
            return [];
        var lines = gzip ? Unpacked(batch.Body) : batch.Body.ToArray();
        var half = batch.Records / 2;
        var at = 0;
        for (var line = 0L; line < half; line++)
            at += lines.AsSpan(at).IndexOf((byte)'\n') + 1;
        return [Of(lines.AsSpan(0, at), half, gzip), Of(lines.AsSpan(at), batch.Records - half, gzip)];
    }

    private static byte[] Unpacked(ReadOnlyMemory<byte> body)
    {
        using var packed = new MemoryStream(body.ToArray());
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
