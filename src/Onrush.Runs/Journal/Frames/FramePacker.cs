using System.Buffers.Binary;
using System.IO.Compression;

namespace Onrush.Runs.Journal;

/// <summary>Puts contents into frames. Used by one thread; the buffers are kept from one frame to the next.</summary>
internal sealed class FramePacker
{
    // Measured: docs/decisions/0015-how-a-journal-is-packed.md.
    private const int Quality = 5;
    private const int Window = 18;
    private const int WorthPacking = 64;
    private const int LengthSize = sizeof(int);

    private byte[] _packed = [];

    /// <summary>Appends a frame.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="version">Version of the contents.</param>
    /// <param name="unixMs">When, in milliseconds of Unix time.</param>
    /// <param name="contents">The contents.</param>
    /// <exception cref="ArgumentException">They are too long for a frame.</exception>
    public void Append(PackedWriter to, FrameType type, byte version, long unixMs, ReadOnlySpan<byte> contents)
    {
        var packed = Pack(contents, out var encoding);
        Append(to, type, version, unixMs, encoding, packed);
    }

    /// <summary>Appends a frame whose contents are packed already.</summary>
    public static void Append(PackedWriter to, FrameType type, byte version, long unixMs, byte encoding, ReadOnlySpan<byte> packed)
    {
        var head = new FrameHead(type, version, unixMs, encoding, packed.Length, JournalFormat.Checksum(packed));
        head.Write(to.Reserve(JournalFormat.HeadSize));
        packed.CopyTo(to.Reserve(packed.Length));
    }

    /// <summary>Packs contents, if that makes them shorter.</summary>
    /// <param name="contents">The contents.</param>
    /// <param name="encoding">How they are encoded then.</param>
    /// <returns>What stands in the frame; valid until the next call.</returns>
    /// <exception cref="ArgumentException">They are too long for a frame.</exception>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> contents, out byte encoding)
    {
        if (contents.Length > JournalFormat.MaxContents - LengthSize)
            throw new ArgumentException($"{contents.Length} bytes are too many for a frame of a journal.", nameof(contents));
        encoding = FrameHead.Plain;
        if (contents.Length < WorthPacking || !TryPack(contents, out var length))
            return contents;
        encoding = FrameHead.Brotli;
        return _packed.AsSpan(0, length);
    }

    /// <summary>Whether contents are packed in a way that is known, and how long they claim to be unpacked.</summary>
    public static bool IsPacked(byte encoding, ReadOnlySpan<byte> stored, out int length)
    {
        length = 0;
        if (encoding != FrameHead.Brotli || stored.Length < LengthSize)
            return false;
        length = BinaryPrimitives.ReadInt32LittleEndian(stored);
        return length is >= 0 and <= JournalFormat.MaxContents;
    }

    /// <summary>Unpacks contents. False when they are not so long, or damaged.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> stored, Span<byte> contents) =>
        BrotliDecoder.TryDecompress(stored[LengthSize..], contents, out var written) && written == contents.Length;

    private bool TryPack(ReadOnlySpan<byte> contents, out int length)
    {
        if (_packed.Length < contents.Length)
            _packed = new byte[contents.Length];
        BinaryPrimitives.WriteInt32LittleEndian(_packed, contents.Length);
        // What does not get shorter does not fit and stays as it is.
        var packed = BrotliEncoder.TryCompress(contents, _packed.AsSpan(LengthSize, contents.Length - LengthSize), out length, Quality, Window);
        length += LengthSize;
        return packed;
    }
}
