using System.IO.Compression;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>
/// The outermost layer of everything that leaves the process: the version of the layout, whether the rest is packed, the rest. Whatever the bytes are, what
/// is made of them is bounded.
/// </summary>
internal static class Wire
{
    /// <summary>Version of the layout that is written and read; master and workers of different versions of onrush refuse each other anyway.</summary>
    public const byte Version = 1;

    /// <summary>The most bytes of one message, unpacked.</summary>
    public const int MostBytes = 16 << 20;

    private const byte AsItIs = 0, Brotli = 1;
    private const int WorthPacking = 512;
    private const int Quality = 3;
    private const int Window = 18;

    /// <summary>Writes a message.</summary>
    public static byte[] Pack(PackedWriter contents)
    {
        if (contents.Length >= WorthPacking)
        {
            var packed = new byte[BrotliEncoder.GetMaxCompressedLength(contents.Length) + 2];
            (packed[0], packed[1]) = (Version, Brotli);
            if (BrotliEncoder.TryCompress(contents.Bytes, packed.AsSpan(2), out var length, Quality, Window))
                return packed[..(length + 2)];
        }

        return Plain(contents);
    }

    /// <summary>Writes a message that would not get shorter.</summary>
    public static byte[] Plain(PackedWriter contents) => [Version, AsItIs, .. contents.Bytes];

    /// <summary>The contents of a message.</summary>
    /// <exception cref="DamagedDataException">It makes no sense.</exception>
    public static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != Version || bytes.Length > MostBytes)
            throw new DamagedDataException("this is no message of this version");
        return bytes[1] switch
        {
            AsItIs => bytes[2..],
            Brotli => Decompress(bytes[2..]),
            _ => throw new DamagedDataException("a message is packed in a way that is not known"),
        };
    }

    private static byte[] Decompress(ReadOnlySpan<byte> bytes)
    {
        using var decoder = new BrotliDecoder();
        var result = new byte[Math.Min(MostBytes, Math.Max(1024, bytes.Length * 4))];
        var written = 0;
        while (true)
        {
            var status = decoder.Decompress(bytes, result.AsSpan(written), out var taken, out var given);
            bytes = bytes[taken..];
            written += given;
            switch (status)
            {
                case System.Buffers.OperationStatus.Done when bytes.IsEmpty:
                    return result[..written];
                case System.Buffers.OperationStatus.DestinationTooSmall when result.Length < MostBytes:
                    Array.Resize(ref result, (int)Math.Min(MostBytes, result.Length * 4L));
                    break;
                default:
                    throw new DamagedDataException("a message cannot be unpacked");
            }
        }
    }
}
