using System.Buffers.Binary;

namespace Onrush.Runs.Journal;

/// <summary>The head of a frame; <see cref="JournalFormat"/> has its layout.</summary>
internal readonly record struct FrameHead(FrameType Type, byte Version, long UnixMs, byte Encoding, int Length, uint Checksum)
{
    /// <summary>Contents as they are.</summary>
    public const byte Plain = 0;

    /// <summary>Contents packed with Brotli, behind their length (four bytes).</summary>
    public const byte Brotli = 1;

    /// <summary>Writes the head.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = JournalFormat.Marker0;
        bytes[1] = JournalFormat.Marker1;
        bytes[2] = (byte)Type;
        bytes[3] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], UnixMs);
        bytes[12] = Encoding;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], Checksum);
        var check = JournalFormat.HeadChecksum(bytes);
        bytes[13] = (byte)check;
        bytes[14] = (byte)(check >> 8);
        bytes[15] = (byte)(check >> 16);
    }

    /// <summary>Reads the head. False when these bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHead head)
    {
        head = default;
        if (bytes.Length < JournalFormat.HeadSize || bytes[0] != JournalFormat.Marker0 || bytes[1] != JournalFormat.Marker1)
            return false;
        if (JournalFormat.HeadChecksum(bytes) != (bytes[13] | (uint)bytes[14] << 8 | (uint)bytes[15] << 16))
            return false;
        head = new FrameHead(
            (FrameType)bytes[2],
            bytes[3],
            BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]),
            bytes[12],
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
        return head.Length is >= 0 and <= JournalFormat.MaxContents && head.UnixMs is >= 0 and <= JournalFormat.MaxUnixMs;
    }
}
