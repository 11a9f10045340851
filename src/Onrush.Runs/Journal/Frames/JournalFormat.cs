using System.Buffers.Binary;
using System.Numerics;

namespace Onrush.Runs.Journal;

/// <summary>
/// The bytes of a journal, all numbers little-endian. docs/internals/journal.md describes them for other programs.
/// <code>
/// file  = header { frame }
/// header, 16 bytes                        head of a frame, 24 bytes
///  0  8  "ONRUSHJ\n"                       0  2  marker F7 4A
///  8  2  format version                    2  1  type
/// 10  2  0                                 3  1  version of the contents
/// 12  4  CRC-32C of bytes 0 to 11          4  8  time, milliseconds of Unix time
///                                         12  1  encoding of the contents: 0 as they are, 1 Brotli
///                                         13  3  CRC-32C of bytes 0 to 12 and 16 to 23, lowest 24 bits
///                                         16  4  length of the contents as they follow
///                                         20  4  CRC-32C of the contents as they follow
/// </code>
/// The head has a checksum of its own, so that a reader that lost its way finds the next frame without trusting any length.
/// </summary>
internal static class JournalFormat
{
    /// <summary>Version of the format that is written, and the newest that can be read.</summary>
    public const ushort Version = 1;

    /// <summary>Bytes in front of the first frame.</summary>
    public const int HeaderSize = 16;

    /// <summary>Bytes in front of the contents of a frame.</summary>
    public const int HeadSize = 24;

    /// <summary>First byte of a frame.</summary>
    public const byte Marker0 = 0xF7;

    /// <summary>Second byte of a frame.</summary>
    public const byte Marker1 = 0x4A;

    /// <summary>Most bytes the contents of a frame may have, packed or not.</summary>
    public const int MaxContents = 8 << 20;

    /// <summary>The last millisecond of the year 9999, in Unix time.</summary>
    public const long MaxUnixMs = 253_402_300_799_999;

    private static ReadOnlySpan<byte> Magic => "ONRUSHJ\n"u8;

    /// <summary>The header of a new journal.</summary>
    public static byte[] Header()
    {
        var header = new byte[HeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Checksum(header.AsSpan(0, 12)));
        return header;
    }

    /// <summary>Whether this is a header that can be trusted, and which version it names.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> bytes, out ushort version)
    {
        version = 0;
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Checksum(bytes[..12]))
            return false;
        version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        return true;
    }

    /// <summary>CRC-32C (Castagnoli), as in iSCSI.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes) => ~Continue(uint.MaxValue, bytes);

    /// <summary>The checksum of a head over everything in it but the checksum itself.</summary>
    public static uint HeadChecksum(ReadOnlySpan<byte> head) => ~Continue(Continue(uint.MaxValue, head[..13]), head[16..HeadSize]) & 0xFF_FFFF;

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
