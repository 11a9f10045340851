using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>
/// A loop's socket as the stream that the runtime's client reads and writes: its work is carried out by the loop as its own is, without
/// another thread. One read and one write at a time; belongs to its loop, and a call from another thread moves there.
/// </summary>
internal sealed class LinkStream(ClientLink link, LoopSocket socket) : AwaitedStream, ISocketOwner, IValueTaskSource<int>
{
    // For a read of no bytes, which asks to be told when there is something: it must be put somewhere.
    private const int PeekSize = 64;

    private readonly EngineLoop _loop = socket.Loop;
    private LoopCompletion _read;
    private ClientFailure? _failure;
    private ReadOnlyMemory<byte> _unsent;
    private TaskCompletionSource? _writing;
    private byte[]? _peeked;
    private int _readCount;
    private int _peekedCount;
    private bool _reading;
    private bool _peeking;
    private bool _stale;
    private bool _unread;
    private bool _early;
    private Memory<byte> _wanted;

    /// <summary>The connection it belongs to.</summary>
    public ClientLink Link => link;

    /// <summary>The client speaks HTTP on it directly: its bytes are those of messages, not of a TLS record.</summary>
    public bool IsPlain { get; set; }

    /// <summary>What was to be sent is not sent any more.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Sends nothing more and says that it was: the answer is there, and nobody waits for the rest of the question. On the loop.</summary>
    public void StopSending()
    {
        HasStopped = true;
        _unsent = default;
        if (_writing is not { } writing)
            return;
        _writing = null;
        using var quiet = new ContextScope(null);
        writing.TrySetResult();
    }

    /// <summary>Ends a read and a write under way, and all later ones, with the failure. On the loop.</summary>
    public void Abort(ClientFailure failure)
    {
        if (_failure is not null)
            return;
        _failure = failure;
        _unsent = default;
        using var quiet = new ContextScope(null);
        if (_reading)
            CompleteRead();
        _writing?.TrySetException(failure);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_loop.IsCurrent)
            return ReadElsewhereAsync(buffer);
        if (_failure is not null)
            return ValueTask.FromException<int>(_failure);
        if (_peekedCount > 0)
            return new ValueTask<int>(TakePeeked(buffer.Span));

        // While nobody waited the target closed, or sent what nobody had asked for: the client must take another connection.
        if (_stale)
            return new ValueTask<int>(0);
        _peeking = buffer.IsEmpty;
        var token = _read.Begin();
        _reading = true;
        _unread = false;
        _wanted = buffer;
        if (!_early)
            socket.StartReceive(_peeking ? _peeked ??= new byte[PeekSize] : buffer);
        return new ValueTask<int>(this, token);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var message = IsPlain ? ClientMessage.Take(link.Session) : null;
        return _loop.IsCurrent ? Write(message, buffer) : WriteElsewhereAsync(message, buffer);
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<byte> data, SocketError error, long arrivedNs)
    {
        _loop.CurrentUser = link.User;
        link.ArrivedNs = arrivedNs;
        if (error != SocketError.Success)
            _failure ??= new ClientFailure(Outcome.Reset, error == SocketError.ConnectionReset ? "connection reset by the target" : $"receive failed: {error}");
        if (_early)
        {
            OnEarly(data);
            return;
        }

        _readCount = data.Length;
        if (_peeking)
        {
            _stale = data.IsEmpty;
            _peekedCount = data.Length;
            _readCount = 0;
        }

        if (IsPlain)
            _failure ??= link.Received(data);
        using var quiet = new ContextScope(null);
        CompleteRead();
    }

    /// <inheritdoc/>
    public void OnWritable()
    {
        if (_writing is not { } writing)
            return;
        var sent = socket.Send(_unsent.Span, out var error);
        _unsent = _unsent[sent..];
        if (error == SocketError.Success && !_unsent.IsEmpty)
            return;
        _writing = null;
        link.SentNs = MonotonicClock.Now;
        using var quiet = new ContextScope(null);
        if (error == SocketError.Success)
            writing.TrySetResult();
        else
            writing.TrySetException(SendFailure(error));
    }

    /// <inheritdoc/>
    public void OnConnected(SocketError error)
    {
    }

    /// <inheritdoc/>
    public void OnUnexpectedData()
    {
        _stale |= link.IsIdle;
        _unread = true;
        PeekWhileSending();
    }

    /// <inheritdoc/>
    public int GetResult(short token)
    {
        _read.Check(token);
        return _failure is null ? _readCount : throw _failure;
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        _read.Check(token);
        return !_read.IsDone ? ValueTaskSourceStatus.Pending : _failure is null ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Faulted;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (_loop.IsCurrent)
            _read.OnCompleted(continuation, state);
        else
            RegisterLater(continuation, state);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            link.CloseFromAnywhere();
        base.Dispose(disposing);
    }

    private static ClientFailure SendFailure(SocketError error) => new(Outcome.Send, $"the request could not be sent: {error}");

    private ValueTask Write(ClientMessage? message, ReadOnlyMemory<byte> buffer)
    {
        if (_failure is null && IsPlain)
            _failure = link.BeginWrite(message);
        if (_failure is not null)
            return ValueTask.FromException(_failure);
        if (HasStopped)
            return default;
        var sent = socket.Send(buffer.Span, out var error);
        if (error != SocketError.Success)
            return ValueTask.FromException(SendFailure(error));
        link.SentNs = MonotonicClock.Now;
        if (IsPlain)
            link.SentBytes += buffer.Length;
        if (sent == buffer.Length)
            return default;
        _unsent = buffer[sent..];
        _writing = new TaskCompletionSource();
        PeekWhileSending();
        return new ValueTask(_writing.Task);
    }

    // The client reads nothing before it has sent everything; a target that refuses the request may wait for just that.
    private void PeekWhileSending()
    {
        if (_writing is null || !_unread || !IsPlain || _reading || _early || _peekedCount > 0)
            return;
        _unread = false;
        _early = true;
        socket.StartReceive(_peeked ??= new byte[PeekSize]);
    }

    private void OnEarly(ReadOnlySpan<byte> data)
    {
        _early = false;
        _stale |= data.IsEmpty;
        _peekedCount = data.Length;
        _failure ??= link.Received(data);
        using var quiet = new ContextScope(null);
        if (_failure is not null)
            _writing?.TrySetException(_failure);
        if (!_reading)
            return;
        _readCount = _failure is null ? TakePeeked(_wanted.Span) : 0;
        CompleteRead();
    }

    private int TakePeeked(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _peekedCount);
        _peeked.AsSpan(0, count).CopyTo(buffer);
        _peekedCount -= count;
        _peeked.AsSpan(count, _peekedCount).CopyTo(_peeked);
        return count;
    }

    private void CompleteRead()
    {
        _reading = false;
        _read.Complete();
    }

    private async ValueTask<int> ReadElsewhereAsync(Memory<byte> buffer)
    {
        await new QuietSwitch(_loop);
        return await ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask WriteElsewhereAsync(ClientMessage? message, ReadOnlyMemory<byte> buffer)
    {
        await new QuietSwitch(_loop);
        await Write(message, buffer).ConfigureAwait(false);
    }

    // Apart from its only caller, which would else make the closure for every await.
    private void RegisterLater(Action<object?> continuation, object? state) =>
        _loop.Post(
            _ =>
            {
                using var quiet = new ContextScope(null);
                _read.OnCompleted(continuation, state);
            },
            null);
}
