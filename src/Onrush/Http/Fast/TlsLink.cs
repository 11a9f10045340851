using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Threading.Tasks.Sources;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Http.Fast;

/// <summary>
/// TLS of one connection: one async loop for its whole life, so that a request makes no new state machine. <see cref="SslStream"/> over the loop's socket costs
/// 7 % more than calling OpenSSL, and is somebody else's to keep secure.
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
    private bool _hasNext;
    private bool _waits;
    private bool _closed;

    public TlsLink(FastConnection connection, LoopSocket socket, HttpSettings settings)
    {
        _connection = connection;
        _loop = socket.Loop;
        _stream = new LoopStream(socket, connection.OnUnexpectedData);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: true);
        _options = settings.TlsFor(connection.Origin);
    }

    /// <summary>Carries out the connection's request.</summary>
    public void Transmit()
    {
        _hasNext = true;
        if (_waits)
            _next.Complete();
    }

    /// <summary>Ends the link.</summary>
    public void Close()
    {
        _closed = true;
        _stream.Abort();
        if (_waits)
            _next.Complete();
    }

    /// <summary>Handshake, then one request after the other until the connection is closed.</summary>
    public async Task RunAsync()
    {
        var problem = await HandshakeAsync();
        if (!_closed && problem is not null)
            _connection.OnHandshakeFailed(problem);
        else if (!_closed)
            _connection.OnHandshakeDone();

        while (!_closed)
        {
            if (!_hasNext)
            {
                _waits = true;
                await new ValueTask(this, _next.Begin()).ConfigureAwait(false);
                _waits = false;
            }

            if (_hasNext && !_closed)
            {
                _hasNext = false;
                await ExchangeAsync().ConfigureAwait(false);
                if (!_loop.IsCurrent)
                    await _loop.SwitchTo();
            }
        }

        await _ssl.DisposeAsync();
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
        var sending = true;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await _ssl.WriteAsync(_connection.RequestBytes).ConfigureAwait(false);
            if (_connection.Upload is { } upload && !await SendPiecesAsync(upload).ConfigureAwait(false))
                return;
            if (!_loop.IsCurrent)
                await _loop.SwitchTo();
            if (_closed)
                return;
            sending = false;
            _connection.OnSent();
            bool more;
            do
            {
                var count = await _ssl.ReadAsync(buffer).ConfigureAwait(false);
                if (!_loop.IsCurrent)
                    await _loop.SwitchTo();
                if (_closed)
                    return;
                SynchronizationContext.SetSynchronizationContext(_loop);
                more = _connection.Feed(buffer.AsSpan(0, count), _stream.ArrivedNs);
            }
            while (more && !_closed);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or NotSupportedException or AuthenticationException)
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
