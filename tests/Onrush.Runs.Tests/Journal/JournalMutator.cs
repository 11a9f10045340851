using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

/// <summary>
/// Makes one damaged journal after the other, the same ones for the same seed: bytes flipped, runs of bytes overwritten, cut out, doubled or spliced in from
/// elsewhere, the end cut off. Half of them get their checksums put right again, so that the damage reaches what stands behind the checksums.
/// </summary>
internal sealed class JournalMutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(Pick());
        for (var count = _random.Next(1, 5); count > 0; count--)
            Mutate(bytes);
        byte[] journal = [.. bytes];
        if (_random.Next(2) == 0)
            return _random.Next(2) == 0 ? journal : Repaired(journal);
        return Inside(Pick());
    }

    // Damages the contents of frames before they are packed, so that everything around them is in order.
    private byte[] Inside(byte[] journal)
    {
        var (packer, to) = (new FramePacker(), new PackedWriter());
        JournalFormat.Header().CopyTo(to.Reserve(JournalFormat.HeaderSize));
        var reader = new FrameReader(new MemoryStream(journal));
        while (reader.TryRead(out var head, out var contents, out _))
        {
            var bytes = new List<byte>(contents.ToArray());
            for (var count = _random.Next(8) == 0 ? _random.Next(1, 4) : 0; count > 0 && bytes.Count > 0; count--)
                Mutate(bytes);
            packer.Append(to, _random.Next(200) == 0 ? (FrameType)_random.Next(10) : head.Type, head.Version, head.UnixMs, [.. bytes]);
        }

        return to.Bytes.ToArray();
    }

    private void Mutate(List<byte> bytes)
    {
        if (bytes.Count == 0)
            return;
        var at = _random.Next(bytes.Count);
        var length = Math.Min(_random.Next(1, 1 << _random.Next(1, 10)), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                var value = (byte)(_random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => _random.Next(256) });
                for (var i = 0; i < length; i++)
                    bytes[at + i] = value;
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                var other = Pick();
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    // Puts right the checksums of whatever looks like a frame.
    private static byte[] Repaired(byte[] journal)
    {
        if (journal.Length >= JournalFormat.HeaderSize)
            BitConverter.TryWriteBytes(journal.AsSpan(12), JournalFormat.Checksum(journal.AsSpan(0, 12)));
        for (var at = JournalFormat.HeaderSize; at + JournalFormat.HeadSize <= journal.Length; at++)
        {
            if (journal[at] != JournalFormat.Marker0 || journal[at + 1] != JournalFormat.Marker1)
                continue;
            var length = BitConverter.ToInt32(journal, at + 16);
            if (length < 0 || length > journal.Length - at - JournalFormat.HeadSize)
                continue;
            BitConverter.TryWriteBytes(journal.AsSpan(at + 20), JournalFormat.Checksum(journal.AsSpan(at + JournalFormat.HeadSize, length)));
            var check = JournalFormat.HeadChecksum(journal.AsSpan(at, JournalFormat.HeadSize));
            (journal[at + 13], journal[at + 14], journal[at + 15]) = ((byte)check, (byte)(check >> 8), (byte)(check >> 16));
            at += JournalFormat.HeadSize + length - 1;
        }

        return journal;
    }

    private byte[] Pick() => corpus[_random.Next(corpus.Count)];
}
