using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Onrush.Engine;

namespace Onrush.Http.Fast;

/// <summary>
/// A loop's socket as a <see cref="Stream"/>, for <see cref="System.Net.Security.SslStream"/>. One read and one write at a time; belongs to its loop, and a call
/// from another thread moves there.
/// </summary>
internal sealed class LoopStream : AwaitedStream, ISocketOwner, IValueTaskSource<int>
{
    private readonly LoopSocket _socket;
    private readonly Action _unexpected;
    private LoopCompletion _read;
    private int _readCount;
    private SocketError _readError;
    private ReadOnlyMemory<byte> _unsent;
    private TaskCompletionSource? _writing;
    private bool _closed;

    public LoopStream(LoopSocket socket, Action unexpected)
    {
        _socket = socket;
        _unexpected = unexpected;
        socket.Owner = this;
    }

    /// <summary>Arrival of the last data read, in monotonic nanoseconds.</summary>
    public long ArrivedNs { get; private set; }

    /// <summary>Ends a read and a write under way with an error.</summary>
    public void Abort()
    {
        if (_closed)
            return;
        _closed = true;
        _readError = SocketError.OperationAborted;
        if (_reading)
            CompleteRead();
        _writing?.TrySetException(new IOException("The connection was closed."));
    }

    private bool _reading;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_socket.Loop.IsCurrent)
            return ReadElsewhereAsync(buffer);
        ObjectDisposedException.ThrowIf(_closed, this);

        // SslStream asks for nothing to wait for data without a buffer; the read that follows waits as well, and an empty buffer would mean the loop's own here.
        if (buffer.IsEmpty)
            return new ValueTask<int>(0);
        var token = _read.Begin();
        _reading = true;
        _socket.StartReceive(buffer);
        return new ValueTask<int>(this, token);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_socket.Loop.IsCurrent)
            return WriteElsewhereAsync(buffer);
        ObjectDisposedException.ThrowIf(_closed, this);
        var sent = _socket.Send(buffer.Span, out var error);
        if (error != SocketError.Success)
            throw new IOException($"The request could not be sent: {error}", new SocketException((int)error));
        if (sent == buffer.Length)
            return default;
        _unsent = buffer[sent..];
        _writing = new TaskCompletionSource();
        return new ValueTask(_writing.Task);
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<byte> data, SocketError error, long arrivedNs)
    {
        _readCount = data.Length;
        _readError = error;
        ArrivedNs = arrivedNs;
        CompleteRead();
    }

    /// <inheritdoc/>
    public void OnWritable()
    {
        if (_writing is not { } writing)
            return;
        var sent = _socket.Send(_unsent.Span, out var error);
        _unsent = _unsent[sent..];
        if (error == SocketError.Success && !_unsent.IsEmpty)
            return;
        _writing = null;
        if (error == SocketError.Success)
            writing.SetResult();
        else
            writing.SetException(new IOException($"The request could not be sent: {error}", new SocketException((int)error)));
    }

    /// <inheritdoc/>
    public void OnUnexpectedData() => _unexpected();

    /// <inheritdoc/>
    public int GetResult(short token)
    {
        _read.Check(token);
        return _readError == SocketError.Success
            ? _readCount
            : throw new IOException(
                _readError == SocketError.ConnectionReset ? "connection reset by the target" : $"receive failed: {_readError}",
                new SocketException((int)_readError));
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        _read.Check(token);
        return !_read.IsDone ? ValueTaskSourceStatus.Pending
            : _readError == SocketError.Success ? ValueTaskSourceStatus.Succeeded
            : ValueTaskSourceStatus.Faulted;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (_socket.Loop.IsCurrent)
            _read.OnCompleted(continuation, state);
        else
            RegisterLater(continuation, state);
    }

    private void CompleteRead()
    {
        _reading = false;

        // With the loop as context every await inside SslStream that asks for none would hop to the thread pool; without one it goes on here.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _read.Complete();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private async ValueTask<int> ReadElsewhereAsync(Memory<byte> buffer)
    {
        await _socket.Loop.SwitchTo();
        return await ReadAsync(buffer, CancellationToken.None);
    }

    private async ValueTask WriteElsewhereAsync(ReadOnlyMemory<byte> buffer)
    {
        await _socket.Loop.SwitchTo();
        await WriteAsync(buffer, CancellationToken.None);
    }

    // Apart from its only caller, which would else make the closure for every await.
    private void RegisterLater(Action<object?> continuation, object? state) =>
        _socket.Loop.Post(_ => _read.OnCompleted(continuation, state), null);
}
