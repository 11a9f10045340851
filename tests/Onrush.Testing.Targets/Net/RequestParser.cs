using System.Globalization;
using System.Text;

namespace Onrush.Testing.Targets.Net;

/// <summary>
/// Cuts the byte stream of one connection into requests. A head that repeats the one before it, as load generators send them, is
/// recognised by comparison and not parsed again.
/// </summary>
internal sealed class RequestParser(TargetConnection connection)
{
    private const int LargestHead = 1 << 20;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private ReceivedRequest? _last;

    public async ValueTask<ReceivedRequest?> ReadAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            if (_end - _start > LargestHead || !await FillAsync())
                return null;
        length += 4;

        if (_last is { } last && _buffer.AsSpan(_start, length).SequenceEqual(last.Head))
        {
            _start += length;
            return last;
        }
        var request = ReceivedRequest.Parse(_buffer.AsSpan(_start, length).ToArray());
        _start += length;
        _last = null;
        if (request is null)
            return null;

        var chunked = string.Equals(request.Header("Transfer-Encoding"), "chunked", StringComparison.OrdinalIgnoreCase);
        if (!chunked && request.Header("Content-Length") is null)
            return _last = request;
        if (string.Equals(request.Header("Expect"), "100-continue", StringComparison.OrdinalIgnoreCase))
            await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
        var body = chunked
            ? await ReadChunksAsync()
            : int.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? await ReadExactlyAsync(size)
                : null;
        if (body is null)
            return null;
        request.Body = body;
        return request;
    }

    private async ValueTask<byte[]?> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (await ReadLineAsync() is { } line)
        {
            if (!int.TryParse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size))
                return null;
            if (size == 0)
            {
                while (await ReadLineAsync() is { Length: > 0 })
                {
                }
                return body.ToArray();
            }
            if (await ReadExactlyAsync(size) is not { } chunk || await ReadLineAsync() != "")
                return null;
            body.Write(chunk);
        }
        return null;
    }

    private async ValueTask<string?> ReadLineAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            if (!await FillAsync())
                return null;
        var line = Encoding.Latin1.GetString(_buffer, _start, length);
        _start += length + 2;
        return line;
    }

    private async ValueTask<byte[]?> ReadExactlyAsync(int size)
    {
        var result = new byte[size];
        var filled = Math.Min(size, _end - _start);
        _buffer.AsSpan(_start, filled).CopyTo(result);
        _start += filled;
        while (filled < size)
        {
            var read = await connection.ReceiveAsync(result.AsMemory(filled));
            if (read == 0)
                return null;
            filled += read;
        }
        return result;
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_end == _buffer.Length)
        {
            var target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            _buffer = target;
            _end -= _start;
            _start = 0;
        }
        var read = await connection.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read;
        return read > 0;
    }
}
