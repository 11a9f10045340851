using System.Net;
using System.Net.Sockets;
using Onrush.Engine;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>
/// One connection of one user under the runtime's client: connects on the loop, hands the client a stream, and knows when what went through.
/// Belongs to the user's loop. TLS, when there is any, is made by the client above the stream.
/// </summary>
internal sealed class ClientLink(ClientHttpSession session, string host, int port, bool isTls) : Deadline, ISocketOwner, IConnectWaiter
{
    // The client limits each head; against interim responses without end only their sum helps.
    private const long MostBeforeResponse = 4 * ResponseReader.MaxHead;

    private static ReadOnlySpan<byte> RefusalStart => "HTTP/1."u8;

    private LoopSocket? _socket;
    private LinkStream? _stream;
    private TaskCompletionSource<SocketError>? _step;
    private ClientFailure? _failure;
    private IPAddress[] _addresses = [];
    private long _stageNs;
    private long _receivedBefore;
    private long _claimedSent;
    private long _claimedReceived;
    private bool _waits;
    private bool _inGate;
    private bool _used;

    /// <summary>The session it belongs to.</summary>
    public ClientHttpSession Session => session;

    /// <summary>Whose connection it is.</summary>
    public LoopUser User => session.User;

    /// <summary>The client has taken it into use.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>It carries several requests at once (HTTP/2).</summary>
    public bool IsMultiplexed { get; private set; }

    /// <summary>It has carried a request, and carries none now.</summary>
    public bool IsIdle => _used && !IsMultiplexed && Current is null;

    /// <summary>What it carries at the moment, unless it carries several.</summary>
    public ClientMessage? Current { get; private set; }

    /// <summary>Name of the host it was opened for.</summary>
    public string Host => host;

    /// <summary>Nanoseconds of name resolution.</summary>
    public long DnsNs { get; private set; }

    /// <summary>Nanoseconds of the TCP connects.</summary>
    public long ConnectNs { get; private set; }

    /// <summary>Nanoseconds of the TLS handshake, that with a proxy's tunnel included.</summary>
    public long TlsNs { get; private set; }

    /// <summary>Instant at which the request on it began to be written.</summary>
    public long StartedNs { get; private set; }

    /// <summary>Instant at which the last bytes were written.</summary>
    public long SentNs { get; set; }

    /// <summary>Arrival of the first byte for the request on it; 0 before.</summary>
    public long FirstByteNs { get; private set; }

    /// <summary>Arrival of the last data.</summary>
    public long ArrivedNs { get; set; }

    /// <summary>Bytes written so far, before encryption.</summary>
    public long SentBytes { get; set; }

    /// <summary>Bytes read so far, after decryption.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Bytes read since the request on it, or the last one, began.</summary>
    public long ReceivedNow => ReceivedBytes - _receivedBefore;

    private EngineLoop Loop => session.Loop;

    /// <summary>Connects. On the loop, without a context.</summary>
    /// <exception cref="ClientFailure">There is no connection.</exception>
    public async ValueTask<Stream> OpenAsync()
    {
        try
        {
            _stageNs = MonotonicClock.Now;
            Loop.Deadlines(session.Settings.ConnectionTimeoutNs).Add(this, _stageNs);
            if (DnsCache.TryGet(host, _stageNs, out var known))
                _addresses = known;
            else
                await ResolveAsync().ConfigureAwait(false);

            for (var i = 0; ; i++)
            {
                var endPoint = new IPEndPoint(_addresses[i], port);
                var error = await ConnectAsync(endPoint).ConfigureAwait(false);
                if (error == SocketError.Success)
                    break;
                if (i == _addresses.Length - 1)
                    throw new ClientFailure(ConnectFailure.OutcomeOf(error), $"{ConnectFailure.TextOf(error)}: {endPoint}");
            }

            _stream = new LinkStream(this, _socket!);
            _socket!.Owner = _stream;
            return _stream;
        }
        catch (ClientFailure failure)
        {
            await new QuietSwitch(Loop);
            Close(failure);
            throw;
        }
    }

    /// <summary>The client will send requests on it, HTTP/2 all at once. Returns what it shall write to.</summary>
    public Stream OnEstablished(Stream stream, bool multiplexed)
    {
        var now = MonotonicClock.Now;
        DeadlineQueue.Remove(this);
        if (isTls)
            TlsNs = now - _stageNs;
        IsEstablished = true;
        IsMultiplexed = multiplexed;
        if (!ReferenceEquals(stream, _stream))
            return new PlainStream(this, stream);
        _stream!.IsPlain = true;
        return stream;
    }

    /// <summary>The client writes. Returns why it may not.</summary>
    /// <param name="message">The message whose head comes now, when that is known.</param>
    public ClientFailure? BeginWrite(ClientMessage? message)
    {
        if (_failure is not null || IsMultiplexed)
            return _failure;

        // Announced by its thread and not written then: it still goes its way on another connection.
        if (message?.Link is { _failure: null } other && !ReferenceEquals(other, this))
            message = null;

        // On a new connection the client may put head and body together on one thread and write them on another.
        if (message is null && Current is null)
            message = session.FindWritten(this);
        if (message is null || ReferenceEquals(message, Current))
        {
            // The client goes through a dialogue for it, as Windows authentication has: the answer that counts is still to come.
            if (Current is { HasHead: false })
                FirstByteNs = 0;
            return null;
        }

        if (message.Refusal() is { } refusal)
            return refusal;
        Current = message;
        message.OnCarried(this, !_used);
        _used = true;
        _receivedBefore = ReceivedBytes;
        StartedNs = MonotonicClock.Now;
        SentNs = StartedNs;
        FirstByteNs = 0;
        return null;
    }

    /// <summary>Bytes of responses came. Returns why they are too many.</summary>
    public ClientFailure? Received(ReadOnlySpan<byte> data)
    {
        ReceivedBytes += data.Length;
        if (Current is not { } message || data.IsEmpty)
            return null;
        if (FirstByteNs == 0)
            FirstByteNs = ArrivedNs;

        // The client gives no response out before it has sent the whole body, but a target that refuses a body may never read it.
        if (message.Body is { IsUnderWay: true } && data.Length > 9 && data.StartsWith(RefusalStart) && data[9] is >= (byte)'3' and <= (byte)'9')
            _stream!.StopSending();
        return !message.HasHead && ReceivedNow > MostBeforeResponse
            ? new ClientFailure(Outcome.Protocol, $"more than {Printable.Size(MostBeforeResponse)} and no response in it")
            : null;
    }

    /// <summary>Bytes of a request stayed here though its response is complete: it cannot carry another.</summary>
    public bool HasUnsent => _socket is { HasUnsent: true } || _stream is { HasStopped: true };

    /// <summary>The request on it is over: what went through since the last one was its traffic.</summary>
    public void EndRequest(ref RequestSample sample)
    {
        sample.BytesSent += SentBytes - _claimedSent;
        sample.BytesReceived += ReceivedBytes - _claimedReceived;
        _claimedSent = SentBytes;
        _claimedReceived = ReceivedBytes;
        Current = null;
    }

    /// <summary>Closes the connection; what the client still reads or writes on it fails. On the loop.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="abort">Resets the connection.</param>
    public void Close(ClientFailure failure, bool abort = false)
    {
        if (_failure is not null)
            return;
        _failure = failure;
        DeadlineQueue.Remove(this);
        LeaveGate();
        _waits = false;
        _socket?.Close(abort);
        session.Remove(this);
        _stream?.Abort(failure);
        using var quiet = new ContextScope(null);
        _step?.TrySetException(failure);
    }

    /// <summary>The client has no more use for it.</summary>
    public void CloseFromAnywhere()
    {
        if (Loop.IsCurrent)
            Close(Closed());
        else
            Loop.Post(static state => ((ClientLink)state!).Close(Closed()), this);
    }

    /// <inheritdoc/>
    public bool OnMayConnect()
    {
        if (!_waits)
            return false;
        _waits = false;
        _inGate = true;
        Step(SocketError.Success);
        return true;
    }

    /// <inheritdoc/>
    public void OnConnected(SocketError error)
    {
        Loop.CurrentUser = User;
        var now = MonotonicClock.Now;
        ConnectNs += now - _stageNs;
        _stageNs = now;
        LeaveGate();
        if (error != SocketError.Success)
            _socket!.Close();
        Step(error);
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<byte> data, SocketError error, long arrivedNs)
    {
    }

    /// <inheritdoc/>
    public void OnWritable()
    {
    }

    /// <inheritdoc/>
    public void OnUnexpectedData()
    {
    }

    /// <summary>There is no connection in time.</summary>
    internal override void OnExpired() =>
        Close(
            new ClientFailure(
                Outcome.ConnectTimeout,
                $"no connection within {ConnectFailure.Seconds(session.Settings.ConnectionTimeoutNs)} s: {host}:{port}"),
            abort: true);

    private static ClientFailure Closed() => new(Outcome.Reset, "the connection was closed");

    private async ValueTask ResolveAsync()
    {
        ClientFailure? failure = null;
        try
        {
            _addresses = await DnsCache.ResolveAsync(host).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            failure = new ClientFailure(Outcome.Dns, $"the name {host} does not resolve: {exception.Message}");
        }

        await new QuietSwitch(Loop);
        var now = MonotonicClock.Now;
        DnsNs = now - _stageNs;
        _stageNs = now;
        failure = _failure ?? failure;
        if (failure is not null)
            throw failure;
    }

    private async ValueTask<SocketError> ConnectAsync(IPEndPoint endPoint)
    {
        if (Loop.Connects.TryEnter(this))
        {
            _inGate = true;
        }
        else
        {
            _waits = true;
            await NextStepAsync().ConfigureAwait(false);
        }

        _stageNs = MonotonicClock.Now;
        _socket = Loop.CreateSocket();
        _socket.Owner = this;
        _socket.StartConnect(endPoint, Loop.NextLocalAddress(endPoint.AddressFamily));
        return await NextStepAsync().ConfigureAwait(false);
    }

    private async ValueTask<SocketError> NextStepAsync()
    {
        _step = new TaskCompletionSource<SocketError>();
        var result = await _step.Task.ConfigureAwait(false);
        await new QuietSwitch(Loop);
        return _failure is null ? result : throw _failure;
    }

    private void Step(SocketError result)
    {
        using var quiet = new ContextScope(null);
        _step!.TrySetResult(result);
    }

    private void LeaveGate()
    {
        if (!_inGate)
            return;
        _inGate = false;
        Loop.Connects.Leave();
    }
}
