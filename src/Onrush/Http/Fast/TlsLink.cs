using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Threading.Tasks.Sources;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Http.Fast;

/// <summary>
/// TLS of one connection. Where the socket takes a request at once and one arrival completes its response, nothing is awaited: <see cref="SslStream"/> is asked for
/// data only when the next record has arrived, and answers at once. Everything else is one async loop for the whole life of the connection, so that a request makes no
/// new state machine. Calling OpenSSL would be faster still; this is somebody else's to keep secure.
/// </summary>
internal sealed class TlsLink : IValueTaskSource
{
    private const int BufferSize = 16 * 1024;

    private readonly FastConnection _connection;
    private readonly EngineLoop _loop;
    private readonly LoopStream _stream;
    private readonly SslStream _ssl;
    private readonly SslClientAuthenticationOptions _options;
    private LoopCompletion _next;
    private Task? _write;
    private Task<int>? _read;
    private byte[]? _buffer;
    private Step _step;
    private bool _waits;
    private bool _closed;

    public TlsLink(FastConnection connection, LoopSocket socket, HttpSettings settings)
    {
        _connection = connection;
        _loop = socket.Loop;
        _stream = new LoopStream(socket, connection.OnUnexpectedData, OnArrived);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: true);
        _options = settings.TlsFor(connection.Origin);
    }

    // What the loop has to go on with.
    private enum Step : byte
    {
        None,

        // The request is being written, or its body follows.
        Send,

        // It was written; the response has to be read from the stream itself.
        Receive,

        // A read is under way.
        Continue,
    }

    /// <summary>Carries out the connection's request.</summary>
    public void Transmit()
    {
        var write = Write();
        if (!write.IsCompletedSuccessfully || _connection.Upload is not null)
        {
            _write = write.AsTask();
            GoOn(Step.Send);
            return;
        }

        write.GetAwaiter().GetResult();
        _connection.OnSent();
        if (_stream.MayHoldMore)
            GoOn(Step.Receive);
        else
            _stream.Expect();
    }

    /// <summary>Ends the link.</summary>
    public void Close()
    {
        _closed = true;
        _stream.Abort();
        if (_waits)
            _next.Complete();
    }

    /// <summary>Handshake, then what a request cannot do at once, until the connection is closed.</summary>
    public async Task RunAsync()
    {
        var problem = await HandshakeAsync();
        if (!_closed && problem is not null)
            _connection.OnHandshakeFailed(problem);
        else if (!_closed)
            _connection.OnHandshakeDone();

        while (!_closed)
        {
            if (_step == Step.None)
            {
                _waits = true;
                await new ValueTask(this, _next.Begin()).ConfigureAwait(false);
                _waits = false;
            }

            if (_step != Step.None && !_closed)
            {
                await ExchangeAsync().ConfigureAwait(false);
                if (!_loop.IsCurrent)
                    await _loop.SwitchTo();
            }
        }

        if (_buffer is { } unused)
            ArrayPool<byte>.Shared.Return(unused);
        await _ssl.DisposeAsync();
    }

    // The data that was expected lies in the stream.
    private void OnArrived()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var read = Read(buffer);
        if (!read.IsCompletedSuccessfully)
        {
            (_read, _buffer) = (read.AsTask(), buffer);
            GoOn(Step.Continue);
            return;
        }

        bool more;
        try
        {
            more = _connection.Feed(buffer.AsSpan(0, read.GetAwaiter().GetResult()), _stream.ArrivedNs);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (more && !_closed)
            GoOn(Step.Receive);
    }

    // Some of what goes wrong is thrown at once; whoever goes on with it handles both alike.
    private ValueTask Write()
    {
        try
        {
            return _ssl.WriteAsync(_connection.RequestBytes);
        }
        catch (Exception exception) when (IsOfTheConnection(exception))
        {
            return ValueTask.FromException(exception);
        }
    }

    private ValueTask<int> Read(byte[] buffer)
    {
        try
        {
            return _ssl.ReadAsync(buffer);
        }
        catch (Exception exception) when (IsOfTheConnection(exception))
        {
            return ValueTask.FromException<int>(exception);
        }
    }

    private static bool IsOfTheConnection(Exception exception) =>
        exception is IOException or ObjectDisposedException or InvalidOperationException or NotSupportedException or AuthenticationException;

    private void GoOn(Step step)
    {
        _step = step;
        if (_waits)
            _next.Complete();
    }

    private async ValueTask<string?> HandshakeAsync()
    {
        string? problem = null;
        try
        {
            await _ssl.AuthenticateAsClientAsync(_options).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever the platform's TLS throws, the request must end: nobody awaits this loop.
            problem = "TLS: " + ConnectFailure.FirstLine(exception);
        }

        await _loop.SwitchTo();
        return problem;
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ExchangeAsync()
    {
        string? problem = null;
        var (step, buffer) = (_step, _buffer ?? ArrayPool<byte>.Shared.Rent(BufferSize));
        (_step, _buffer) = (Step.None, null);
        var sending = step == Step.Send;
        try
        {
            if (sending)
            {
                await _write!.ConfigureAwait(false);
                if (_connection.Upload is { } upload && !await SendPiecesAsync(upload).ConfigureAwait(false))
                    return;
                if (!_loop.IsCurrent)
                    await _loop.SwitchTo();
                if (_closed)
                    return;
                sending = false;
                _connection.OnSent();
            }

            bool more;
            do
            {
                var count = step == Step.Continue ? await _read!.ConfigureAwait(false) : await _ssl.ReadAsync(buffer).ConfigureAwait(false);
                step = Step.Receive;
                if (!_loop.IsCurrent)
                    await _loop.SwitchTo();
                if (_closed)
                    return;
                SynchronizationContext.SetSynchronizationContext(_loop);
                more = _connection.Feed(buffer.AsSpan(0, count), _stream.ArrivedNs);
            }
            while (more && !_closed);
        }
        catch (Exception exception) when (IsOfTheConnection(exception))
        {
            problem = ConnectFailure.FirstLine(exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (!_loop.IsCurrent)
            await _loop.SwitchTo();
        if (problem is not null && !_closed && _connection.IsBusy)
            _connection.OnBroken(sending ? Outcome.Send : Outcome.Reset, problem);
    }

    /// <summary>Sends the body that is read while it is sent; false when the request has ended over it.</summary>
    private async ValueTask<bool> SendPiecesAsync(Upload upload)
    {
        while (true)
        {
            if (!_loop.IsCurrent)
                await _loop.SwitchTo();
            if (_closed)
                return false;
            _connection.OnPieceSent();
            var more = false;
            string? problem = null;
            try
            {
                more = await upload.FillAsync();
            }
            catch (Exception exception)
            {
                // The stream is the load test's own: whatever it throws ends this request and nothing else.
                problem = $"the body could not be read: {exception.Message}";
            }

            if (!_loop.IsCurrent)
                await _loop.SwitchTo();
            if (_closed)
                return false;
            if (problem is not null)
            {
                _connection.OnUploadFailed(problem);
                return false;
            }

            if (!more)
            {
                _connection.OnLastPieceSent();
                return true;
            }

            await _ssl.WriteAsync(_connection.RequestBytes).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void GetResult(short token) => _next.Check(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        _next.Check(token);
        return _next.IsDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _next.OnCompleted(continuation, state);
}
