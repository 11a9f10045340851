using System.Buffers.Binary;

namespace Onrush.Outputs.Prometheus.RemoteWrite;

/// <summary>
/// Snappy's block format, as remote write demands it. The length of the contents, then elements: a literal (tag 00, its length, the bytes) or a copy of what
/// came at most 64 KiB before (tag 10, its length, the distance in two bytes). Copies are found through a table of four-byte beginnings, one block of 64 KiB after
/// the other; the labels of series repeat so often that this is a tenth of the bytes.
/// </summary>
internal static class Snappy
{
    private const int BlockBytes = 1 << 16;
    private const int TableBits = 14;
    private const int LongestCopy = 64;

    /// <summary>The contents, compressed.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> contents)
    {
        var output = new MemoryStream((contents.Length / 4) + 16);
        var length = (uint)contents.Length;
        for (; length >= 0x80; length >>= 7)
            output.WriteByte((byte)(length | 0x80));
        output.WriteByte((byte)length);
        Span<ushort> table = new ushort[1 << TableBits];
        for (var at = 0; at < contents.Length; at += BlockBytes)
        {
            table.Clear();
            Block(contents.Slice(at, Math.Min(BlockBytes, contents.Length - at)), table, output);
        }

        return output.ToArray();
    }

    private static void Block(ReadOnlySpan<byte> block, Span<ushort> table, MemoryStream output)
    {
        int at = 1, literal = 0;
        while (at + 4 <= block.Length)
        {
            var beginning = BinaryPrimitives.ReadUInt32LittleEndian(block[at..]);
            var slot = (int)(beginning * 0x1e35a7bd >> (32 - TableBits));
            int candidate = table[slot];
            table[slot] = (ushort)at;
            if (BinaryPrimitives.ReadUInt32LittleEndian(block[candidate..]) != beginning)
            {
                at++;
                continue;
            }

            Literal(block[literal..at], output);
            var length = 4 + block[(at + 4)..].CommonPrefixLength(block[(candidate + 4)..]);
            Copy(at - candidate, length, output);
            at += length;
            literal = at;
        }

        Literal(block[literal..], output);
    }

    private static void Literal(ReadOnlySpan<byte> bytes, MemoryStream output)
    {
        if (bytes.IsEmpty)
            return;
        var less = bytes.Length - 1;
        if (less < 60)
        {
            output.WriteByte((byte)(less << 2));
        }
        else
        {
            output.WriteByte(61 << 2);
            output.WriteByte((byte)less);
            output.WriteByte((byte)(less >> 8));
        }

        output.Write(bytes);
    }

    private static void Copy(int distance, int length, MemoryStream output)
    {
        for (; length > 0; length -= LongestCopy)
        {
            output.WriteByte((byte)(((Math.Min(length, LongestCopy) - 1) << 2) | 2));
            output.WriteByte((byte)distance);
            output.WriteByte((byte)(distance >> 8));
        }
    }
}
