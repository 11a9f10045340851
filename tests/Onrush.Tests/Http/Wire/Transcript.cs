using System.Buffers;
using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

/// <summary>Everything that reading one response gave, for comparing two ways of feeding it.</summary>
internal sealed class Transcript
{
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly ArrayBufferWriter<byte> _body = new();

    public ReadStatus Status { get; private set; }

    public int Heads { get; private set; }

    public int StatusCode { get; private set; }

    public string? Error { get; private set; }

    public bool KeepAlive { get; private set; }

    public long ContentLength { get; private set; }

    public long BodyBytes { get; private set; }

    public long TotalBytes { get; private set; }

    public int Consumed { get; private set; }

    public bool HasSetCookie { get; private set; }

    public bool HasLocation { get; private set; }

    public bool ClosedBeforeResponse { get; private set; }

    public ContentEncoding ContentEncoding { get; private set; }

    public string Head => Encoding.Latin1.GetString(_head.WrittenSpan);

    public string Body => Encoding.Latin1.GetString(_body.WrittenSpan);

    /// <summary>
    /// Reads as a connection does: pieces as they come, after a head the rest of the piece, at the end the close of the peer. Returns an
    /// objection to how the reader behaved, or null.
    /// </summary>
    public string? Feed(ResponseReader reader, ReadOnlySpan<byte> input, Func<int> nextPiece, bool close)
    {
        _head.ResetWrittenCount();
        _body.ResetWrittenCount();
        Heads = 0;
        Consumed = 0;
        Status = ReadStatus.NeedMore;
        string? objection = null;
        bool done = false;
        while (!done && Consumed < input.Length)
        {
            int offset = Consumed;
            int length = Math.Clamp(nextPiece(), 1, input.Length - offset);
            var piece = input.Slice(offset, length);
            do
            {
                Status = reader.Read(piece, out int used);
                if ((uint)used > (uint)piece.Length) return "consumed more than it was given";
                Consumed += used;
                if (Status == ReadStatus.NeedMore && used != piece.Length) return "asked for more with input left";
                if (Status == ReadStatus.Head) TakeHead(reader, piece);
                piece = piece[used..];
                long bound = 2L * ResponseReader.MaxHead + ResponseReader.MaxChunkLine + 2 * Math.Min(reader.BodyBytes, reader.MaxKeptBody) + 1024;
                if (reader.HeldBytes > bound) objection = $"holds {reader.HeldBytes} bytes";
            }
            while (Status == ReadStatus.Head);
            done = Status is ReadStatus.Complete or ReadStatus.Failed;
        }

        if (!done && close) Status = reader.EndOfStream();
        Take(reader);
        if (Status == ReadStatus.Failed != (Error is not null)) return "failed without an error, or an error without failing";
        if (Status == ReadStatus.Complete && Heads != 1) return $"complete after {Heads} heads";
        if (Heads > 1) return "more than one head";
        if (TotalBytes != Consumed) return $"consumed {Consumed} bytes and counts {TotalBytes}";
        return objection;
    }

    public bool SameAs(Transcript other) =>
        Status == other.Status && Heads == other.Heads && StatusCode == other.StatusCode && Error == other.Error && KeepAlive == other.KeepAlive
        && ContentLength == other.ContentLength && BodyBytes == other.BodyBytes && TotalBytes == other.TotalBytes && Consumed == other.Consumed
        && HasSetCookie == other.HasSetCookie && HasLocation == other.HasLocation && ContentEncoding == other.ContentEncoding
        && ClosedBeforeResponse == other.ClosedBeforeResponse
        && _head.WrittenSpan.SequenceEqual(other._head.WrittenSpan) && _body.WrittenSpan.SequenceEqual(other._body.WrittenSpan);

    public override string ToString() =>
        $"{Status} {StatusCode} error={Error} keepAlive={KeepAlive} length={ContentLength} body={BodyBytes} total={TotalBytes} heads={Heads}";

    private void TakeHead(ResponseReader reader, ReadOnlySpan<byte> piece)
    {
        Heads++;
        _head.Write(reader.Head(piece));
    }

    private void Take(ResponseReader reader)
    {
        StatusCode = reader.StatusCode;
        Error = reader.Error;
        KeepAlive = reader.KeepAlive;
        ContentLength = reader.ContentLength;
        BodyBytes = reader.BodyBytes;
        TotalBytes = reader.TotalBytes;
        HasSetCookie = reader.HasSetCookie;
        HasLocation = reader.HasLocation;
        ContentEncoding = reader.ContentEncoding;
        ClosedBeforeResponse = reader.ClosedBeforeResponse;
        if (reader.Body is { } body) _body.Write(body.Written);
    }
}
