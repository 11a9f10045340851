using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace CouponService.Stores.Redis;

/// <summary>
/// One connection to Redis that all calls share: commands go out as they come, answers come back in the same order. As much of the protocol
/// as the store needs.
/// </summary>
internal sealed class RespClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly Queue<TaskCompletionSource<RespValue>> _waiting = new();
    private readonly ArrayBufferWriter<byte> _unsent = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Lock _lock = new();
    private readonly Task _reading;
    private Exception? _broken;

    private RespClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream);
        _reading = ReadAsync();
    }

    /// <summary>Connects.</summary>
    /// <param name="address">host:port.</param>
    public static async Task<RespClient> ConnectAsync(string address)
    {
        var colon = address.LastIndexOf(':');
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address[..colon], int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture));
        return new RespClient(socket);
    }

    /// <summary>Sends a command and returns its answer.</summary>
    /// <exception cref="IOException">Redis answered with an error, or the connection is gone.</exception>
    public async Task<RespValue> AskAsync(params string[] words)
    {
        var answer = new TaskCompletionSource<RespValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_broken is not null)
                throw new IOException($"the connection to Redis is gone: {_broken.Message}");
            // Under one lock, so that answers and commands have the same order.
            _waiting.Enqueue(answer);
            Write(words);
        }
        await SendAsync();
        var value = await answer.Task;
        return value.IsError ? throw new IOException($"Redis: {value.Text}") : value;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _reading;
    }

    private void Write(string[] words)
    {
        _unsent.Write(Encoding.ASCII.GetBytes($"*{words.Length}\r\n"));
        foreach (var word in words)
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            _unsent.Write(Encoding.ASCII.GetBytes($"${bytes.Length}\r\n"));
            _unsent.Write(bytes);
            _unsent.Write("\r\n"u8);
        }
    }

    // Whoever gets to send takes along what the others have written meanwhile.
    private async Task SendAsync()
    {
        await _sending.WaitAsync();
        try
        {
            byte[] bytes;
            lock (_lock)
            {
                bytes = _unsent.WrittenSpan.ToArray();
                _unsent.ResetWrittenCount();
            }
            if (bytes.Length > 0)
                await _stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Break(e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var read = await _reader.ReadAsync();
                var buffer = read.Buffer;
                while (RespValue.TryRead(ref buffer, out var value))
                {
                    TaskCompletionSource<RespValue> answer;
                    lock (_lock)
                        answer = _waiting.Dequeue();
                    answer.SetResult(value);
                }
                _reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    throw new IOException("Redis closed the connection");
            }
        }
        catch (Exception e)
        {
            Break(e);
        }
    }

    private void Break(Exception problem)
    {
        TaskCompletionSource<RespValue>[] left;
        lock (_lock)
        {
            _broken ??= problem;
            left = [.. _waiting];
            _waiting.Clear();
        }
        foreach (var answer in left)
            answer.TrySetException(new IOException($"the connection to Redis is gone: {problem.Message}"));
    }
}
