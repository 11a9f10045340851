namespace Onrush.Http.Fast;

/// <summary>Counts the TLS records in a stream of bytes by their heads: one byte of kind, two of version, two of length (RFC 8446, 5.1).</summary>
internal struct TlsRecordCount
{
    private const int HeadSize = 5;

    private int _head;
    private int _left;

    /// <summary>Records of which the last byte was added since it was set to 0.</summary>
    public int Whole { get; set; }

    /// <summary>Adds the next bytes, wherever they begin and end.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_head < HeadSize)
            {
                if (_head >= HeadSize - 2)
                    _left = (_left << 8) | data[0];
                _head++;
                data = data[1..];
            }

            if (_head < HeadSize)
                continue;
            var taken = Math.Min(_left, data.Length);
            _left -= taken;
            data = data[taken..];
            if (_left > 0)
                return;
            Whole++;
            _head = 0;
        }
    }
}
