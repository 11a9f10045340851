using System.Buffers;
using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// A report as it stands in a frame of a journal, complete in itself. It travels like that as well, so who keeps what it was sent packs nothing again.
/// Immutable.
/// </summary>
/// <param name="Encoding">How the contents are encoded: as in <see cref="FrameHead"/>.</param>
/// <param name="Contents">The contents of the frame.</param>
internal sealed record PackedReport(byte Encoding, byte[] Contents)
{
    /// <summary>Packs a report.</summary>
    /// <exception cref="ArgumentException">It is too long for a frame.</exception>
    public static PackedReport Of(IntervalReport report)
    {
        var packed = new FramePacker().Pack(new ReportEncoder().Encode(report), out var encoding);
        return new PackedReport(encoding, packed.ToArray());
    }

    /// <summary>Reads the report, whatever the bytes are.</summary>
    /// <exception cref="DamagedDataException">They make no sense, or need another report before them.</exception>
    public IntervalReport Read()
    {
        if (Encoding == FrameHead.Plain)
            return new ReportDecoder().Decode(Contents);
        if (!FramePacker.IsPacked(Encoding, Contents, out var length))
            throw new DamagedDataException("a report is packed in a way that is not known");
        var unpacked = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return FramePacker.TryUnpack(Contents, unpacked.AsSpan(0, length))
                ? new ReportDecoder().Decode(unpacked.AsSpan(0, length))
                : throw new DamagedDataException("a report cannot be unpacked");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unpacked);
        }
    }
}
