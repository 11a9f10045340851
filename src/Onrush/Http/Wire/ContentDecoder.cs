using System.IO.Compression;

namespace Onrush.Http.Wire;

/// <summary>Decompresses kept bodies. Bad data and bombs become an error text; no exception escapes.</summary>
internal static class ContentDecoder
{
    /// <summary>Longest decoded body in bytes.</summary>
    public const long DefaultLimit = 256L << 20;

    private const int Step = 16 * 1024;

    // The runtime's decompressor takes the end of its input for the end of the data: a truncated body would pass as a shorter one.
    // A gzip body is therefore followed by a member of our own, which comes out at the end only if the body before it was complete.
    private static readonly byte[] EndMark = [0xd3, 0x1e, 0x97, 0x02, 0xea, 0x5b, 0x70, 0xc9];
    private static readonly byte[] EndMember = Compress(EndMark);

    /// <summary>Decodes a complete body.</summary>
    /// <param name="encoding">From <see cref="ResponseReader.ContentEncoding"/>.</param>
    /// <param name="input">The body as received; an empty one decodes to an empty one.</param>
    /// <param name="output">Gets the decoded bytes, behind what it holds; after an error what was decoded until then.</param>
    /// <param name="limit">Most decoded bytes.</param>
    /// <param name="error">What was wrong; null when it went well.</param>
    public static bool TryDecode(ContentEncoding encoding, ReadOnlyMemory<byte> input, PooledBuffer output, long limit, out string? error)
    {
        if (input.IsEmpty)
        {
            error = null;
            return true;
        }

        switch (encoding)
        {
            case ContentEncoding.None:
                error = input.Length > limit ? TooLarge(limit) : null;
                if (error is null) output.Append(input.Span);
                break;
            case ContentEncoding.Brotli:
                error = Brotli(input.Span, output, limit);
                break;
            case ContentEncoding.Gzip or ContentEncoding.Deflate:
                error = Inflate(encoding, input, output, limit);
                break;
            default:
                error = "body in a content encoding that is not supported";
                break;
        }

        return error is null;
    }

    private static string TooLarge(long limit) => $"decoded body larger than {Printable.Size(limit)}";

    private static string? Brotli(ReadOnlySpan<byte> input, PooledBuffer output, long limit)
    {
        using var decoder = new BrotliDecoder();
        long total = 0;
        while (true)
        {
            // Not in a copy of the struct: Decompress changes it.
            var status = decoder.Decompress(input, output.Free(Step), out int consumed, out int written);
            output.Advance(written);
            input = input[consumed..];
            total += written;
            if (total > limit) return TooLarge(limit);
            switch (status)
            {
                case System.Buffers.OperationStatus.Done: return null;
                case System.Buffers.OperationStatus.NeedMoreData: return "body is not complete brotli data";
                case System.Buffers.OperationStatus.InvalidData: return "body is not valid brotli data";
            }
        }
    }

    private static string? Inflate(ContentEncoding encoding, ReadOnlyMemory<byte> input, PooledBuffer output, long limit)
    {
        bool gzip = encoding == ContentEncoding.Gzip;
        using var source = new SegmentStream(gzip ? [new(input, null, 0), new(EndMember, null, 0)] : [new(input, null, 0)]);
        int start = output.Length;
        try
        {
            using Stream stream = gzip ? new GZipStream(source, CompressionMode.Decompress)
                : IsZlib(input.Span) ? new ZLibStream(source, CompressionMode.Decompress)
                : new DeflateStream(source, CompressionMode.Decompress);
            while (true)
            {
                int read = stream.Read(output.Free(Step));
                if (read == 0) break;
                output.Advance(read);
                if (output.Length - start > limit + (gzip ? EndMark.Length : 0)) return TooLarge(limit);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return gzip ? "body is not valid gzip data" : "body is not valid deflate data";
        }

        if (!gzip) return source.ReadPastEnd ? "body is not valid deflate data" : null;
        if (!output.Written[start..].EndsWith(EndMark)) return "body is not valid gzip data";
        output.Truncate(output.Length - EndMark.Length);
        return null;
    }

    private static byte[] Compress(byte[] content)
    {
        var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Fastest)) stream.Write(content);
        return memory.ToArray();
    }

    // A zlib header is two bytes: method 8 in the low half of the first, and together a multiple of 31.
    private static bool IsZlib(ReadOnlySpan<byte> input) =>
        input.Length >= 2 && (input[0] & 0x0f) == 8 && ((input[0] << 8) | input[1]) % 31 == 0;
}
