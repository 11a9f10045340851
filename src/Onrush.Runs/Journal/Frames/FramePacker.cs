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
        if (contents.Length > JournalFormat.MaxContents - LengthSize)
            throw new ArgumentException($"{contents.Length} bytes are too many for a frame of a journal.", nameof(contents));
        var encoding = FrameHead.Plain;
        if (contents.Length >= WorthPacking && TryPack(contents, out var length))
        {
            encoding = FrameHead.Brotli;
            contents = _packed.AsSpan(0, length);
        }

        var head = new FrameHead(type, version, unixMs, encoding, contents.Length, JournalFormat.Checksum(contents));
        head.Write(to.Reserve(JournalFormat.HeadSize));
        contents.CopyTo(to.Reserve(contents.Length));
    }

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
