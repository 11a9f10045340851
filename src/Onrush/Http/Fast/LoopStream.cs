using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Onrush.Engine;

namespace Onrush.Http.Fast;

/// <summary>
/// A loop's socket as a <see cref="Stream"/>, for <see cref="System.Net.Security.SslStream"/>. One read and one write at a time; belongs to its loop, and a call
/// from another thread moves there. What was expected is offered to the next reads, which then end at once.
/// </summary>
internal sealed class LoopStream : AwaitedStream, ISocketOwner, IValueTaskSource<int>
{
    private readonly LoopSocket _socket;
    private readonly Action _unexpected;
    private readonly Action _arrived;
    private LoopCompletion _read;
    private int _readCount;
    private SocketError _readError;
    private ReadOnlyMemory<byte> _unsent;
    private TaskCompletionSource? _writing;
    private bool _closed;
    private bool _reading;
    private bool _expects;
    private unsafe byte* _offered;
    private int _offeredCount;
    private bool _offers;
    private byte[] _kept = [];
    private TlsRecordCount _records;

    /// <param name="socket">The socket.</param>
    /// <param name="unexpected">Something came while nobody asked.</param>
    /// <param name="arrived">What was expected has come.</param>
    public LoopStream(LoopSocket socket, Action unexpected, Action arrived)
    {
        _socket = socket;
        _unexpected = unexpected;
        _arrived = arrived;
        socket.Owner = this;
    }

    /// <summary>Arrival of the last data read, in monotonic nanoseconds.</summary>
    public long ArrivedNs { get; private set; }

    /// <summary>
    /// Whether a read of <see cref="System.Net.Security.SslStream"/> may end at once: with what has arrived and lies here, or with a record that lies in it.
    /// It asks for more only when it holds no whole record; of what it was given then, one is read.
    /// </summary>
    public bool MayHoldMore => HoldsData || _records.Whole > 1;

    private bool HoldsData => _offers || _kept.Length > 0;

    /// <summary>Has the next arrival announced, to be read during the announcement. No read may be under way.</summary>
    public void Expect()
    {
        _expects = true;
        _socket.StartReceive();
    }

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

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_socket.Loop.IsCurrent)
            return ReadElsewhereAsync(buffer);
        ObjectDisposedException.ThrowIf(_closed, this);

        // SslStream asks for nothing to wait for data without a buffer; the read that follows waits as well, and an empty buffer would mean the loop's own here.
        if (buffer.IsEmpty)
            return new ValueTask<int>(0);
        _records.Whole = 0;
        if (HoldsData)
            return TakeHeld(buffer.Span);
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
        _readError = error;
        ArrivedNs = arrivedNs;
        if (_expects)
        {
            Offer(data);
            return;
        }

        _readCount = data.Length;
        _records.Add(data);
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
        return _readError == SocketError.Success ? _readCount : throw ReadFailure();
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

    private unsafe void Offer(ReadOnlySpan<byte> data)
    {
        _expects = false;
        fixed (byte* bytes = data)
        {
            _offered = bytes;
            _offeredCount = data.Length;
            _offers = true;
            try
            {
                _arrived();
            }
            finally
            {
                // The data is not there after this call.
                if (_offers && _offeredCount > 0 && !_closed)
                    _kept = [.. _kept, .. new ReadOnlySpan<byte>(_offered, _offeredCount)];
                _offers = false;
            }
        }
    }

    private unsafe ValueTask<int> TakeHeld(Span<byte> buffer)
    {
        int count;
        if (_kept.Length > 0)
        {
            count = Math.Min(_kept.Length, buffer.Length);
            _kept.AsSpan(0, count).CopyTo(buffer);
            _kept = _kept[count..];
            _records.Add(buffer[..count]);
            return new ValueTask<int>(count);
        }

        if (_readError != SocketError.Success)
        {
            _offers = false;
            return ValueTask.FromException<int>(ReadFailure());
        }

        count = Math.Min(_offeredCount, buffer.Length);
        new ReadOnlySpan<byte>(_offered, count).CopyTo(buffer);
        _records.Add(buffer[..count]);
        _offered += count;
        _offeredCount -= count;
        _offers = _offeredCount > 0;
        return new ValueTask<int>(count);
    }

    private IOException ReadFailure() => new(
        _readError == SocketError.ConnectionReset ? "connection reset by the target" : $"receive failed: {_readError}", new SocketException((int)_readError));

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
