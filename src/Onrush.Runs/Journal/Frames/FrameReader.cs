namespace Onrush.Runs.Journal;

/// <summary>
/// Reads frames one after the other. Damage costs the frames it lies in: the reader looks for the next head whose checksum fits. Memory grows
/// with what is really there, never with a length that is only claimed, and stays below twice the largest frame.
/// </summary>
internal sealed class FrameReader
{
    // A stranger's file can be made so that every few bytes look like a head with a long wrong frame behind it; each costs a checksum over all of that.
    private const int MostDamagedFrames = 1000;
    private const int SearchForFirst = 1 << 20;
    private const int FirstBuffer = 64 << 10;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[FirstBuffer];
    private byte[] _contents = [];
    private int _start;
    private int _end;
    private long _offset;
    private bool _ended;
    private bool _inDamage;
    private int _damagedFrames;

    /// <param name="stream">The bytes, from their beginning; or from anywhere, see <paramref name="fromMiddle"/>.</param>
    /// <param name="fromMiddle">True when there is no header to be expected, and what is in front of the first frame is no damage.</param>
    /// <exception cref="JournalException">The bytes are no journal, or a newer one.</exception>
    public FrameReader(Stream stream, bool fromMiddle = false)
    {
        _stream = stream;
        if (fromMiddle)
            FindFrame(long.MaxValue);
        else
            ReadHeader();
    }

    /// <summary>Where the bytes end that can be relied on: behind the last good frame, or behind the header.</summary>
    public long GoodEnd { get; private set; }

    /// <summary>Places at which bytes had to be passed over to find the next frame.</summary>
    public int DamagedPlaces { get; private set; }

    /// <summary>The bytes end in the middle of a frame, as they do when the writer was killed.</summary>
    public bool Torn { get; private set; }

    /// <summary>Too much is damaged for going on; what follows was not read.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Reads the next frame.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="contents">Its contents, unpacked; valid until the next call. Empty when they cannot be unpacked, which <paramref name="intact"/> says.</param>
    /// <param name="intact">False when the contents cannot be unpacked although their checksum fits.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out FrameHead head, out ReadOnlySpan<byte> contents, out bool intact)
    {
        contents = default;
        intact = true;
        head = default;
        while (!GaveUp)
        {
            if (!Fill(JournalFormat.HeadSize))
            {
                Torn |= _end > _start && !_inDamage;
                return false;
            }

            if (!FrameHead.TryRead(_buffer.AsSpan(_start, _end - _start), out head))
            {
                Damage(1);
                FindFrame(long.MaxValue);
                continue;
            }

            if (!Fill(JournalFormat.HeadSize + head.Length))
            {
                // The writer was killed. Unless frames follow: then it is damage.
                Torn = true;
                Skip(1);
                FindFrame(long.MaxValue);
                continue;
            }

            var stored = _buffer.AsSpan(_start + JournalFormat.HeadSize, head.Length);
            if (JournalFormat.Checksum(stored) != head.Checksum)
            {
                GaveUp = ++_damagedFrames >= MostDamagedFrames;
                Damage(1);
                FindFrame(long.MaxValue);
                continue;
            }

            intact = TryUnpack(head.Encoding, stored, out contents);
            Skip(JournalFormat.HeadSize + head.Length);
            DamagedPlaces += Torn && !_inDamage ? 1 : 0;
            Torn = false;
            _inDamage = false;
            GoodEnd = _offset;
            return true;
        }

        return false;
    }

    private void ReadHeader()
    {
        var complete = Fill(JournalFormat.HeaderSize);
        if (JournalFormat.IsHeader(_buffer.AsSpan(_start, _end - _start), out var version))
        {
            if (version > JournalFormat.Version)
                throw new JournalException(
                    $"the journal has format {version}, this version of onrush reads formats up to {JournalFormat.Version}: read it with a newer onrush");
            Skip(JournalFormat.HeaderSize);
            GoodEnd = _offset;
            return;
        }

        // With frames behind it, it is a journal whose header was damaged.
        _inDamage = true;
        DamagedPlaces++;
        if (!FindFrame(SearchForFirst))
        {
            throw new JournalException(complete
                ? "this is not a journal of onrush"
                : "the journal is empty: the run ended before anything was written");
        }
    }

    private void Damage(int bytes)
    {
        if (!_inDamage)
            DamagedPlaces++;
        _inDamage = true;
        Skip(bytes);
    }

    // Goes to the next head with a fitting checksum, or to the end.
    private bool FindFrame(long within)
    {
        var limit = within == long.MaxValue ? long.MaxValue : _offset + within;
        while (_offset < limit)
        {
            if (!Fill(JournalFormat.HeadSize))
            {
                Skip(_end - _start);
                return false;
            }

            var at = _buffer.AsSpan(_start, _end - _start - JournalFormat.HeadSize + 1).IndexOf(JournalFormat.Marker0);
            Skip(at < 0 ? _end - _start - JournalFormat.HeadSize + 1 : at);
            if (at < 0)
                continue;
            if (FrameHead.TryRead(_buffer.AsSpan(_start, _end - _start), out _))
                return true;
            Skip(1);
        }

        return false;
    }

    private bool TryUnpack(byte encoding, ReadOnlySpan<byte> stored, out ReadOnlySpan<byte> contents)
    {
        contents = stored;
        if (encoding == FrameHead.Plain)
            return true;
        contents = default;
        if (!FramePacker.IsPacked(encoding, stored, out var length))
            return false;
        if (_contents.Length < length)
            _contents = new byte[length];
        if (!FramePacker.TryUnpack(stored, _contents.AsSpan(0, length)))
            return false;
        contents = _contents.AsSpan(0, length);
        return true;
    }

    private void Skip(int bytes)
    {
        _start += bytes;
        _offset += bytes;
    }

    // Makes so many bytes available; false when the stream has fewer.
    private bool Fill(int bytes)
    {
        while (_end - _start < bytes)
        {
            if (_ended)
                return false;
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _ended = read == 0;
            _end += read;
        }

        return true;
    }
}
