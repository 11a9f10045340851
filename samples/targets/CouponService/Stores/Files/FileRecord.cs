using System.Buffers.Binary;
using System.Numerics;

namespace CouponService.Stores.Files;

/// <summary>One line of the append-only file: what happened, to which event, and a number; then a checksum.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Coupon">Number of the event.</param>
/// <param name="Value">The quantity, or the user.</param>
internal readonly record struct FileRecord(RecordKind Kind, long Coupon, long Value)
{
    /// <summary>Length of each, in bytes.</summary>
    public const int Size = 21;

    public void Write(Span<byte> to)
    {
        to[0] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], Coupon);
        BinaryPrimitives.WriteInt64LittleEndian(to[9..], Value);
        BinaryPrimitives.WriteUInt32LittleEndian(to[17..], Checksum(to[..17]));
    }

    /// <summary>Reads one; null when the bytes are none, as behind the last whole write of a process that was killed.</summary>
    public static FileRecord? Read(ReadOnlySpan<byte> from) =>
        from.Length >= Size && BinaryPrimitives.ReadUInt32LittleEndian(from[17..]) == Checksum(from[..17])
            ? new FileRecord((RecordKind)from[0], BinaryPrimitives.ReadInt64LittleEndian(from[1..]), BinaryPrimitives.ReadInt64LittleEndian(from[9..]))
            : null;

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
            sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}

/// <summary>What a record says.</summary>
internal enum RecordKind : byte
{
    /// <summary>The event begins anew with a quantity.</summary>
    Begin = 1,

    /// <summary>A user got a coupon.</summary>
    Issue = 2,
}
