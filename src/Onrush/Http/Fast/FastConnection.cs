using System.Net.Sockets;
using System.Text;
using Onrush.Engine;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http.Fast;

/// <summary>
/// One connection of one user. Belongs to the user's loop.
/// <code>
/// state        event                      next
/// Connecting   connected                  Handshaking (https), or Busy
/// Handshaking  done                       Busy
/// Busy         response complete          Idle, or Closed
/// Idle         next request               Busy
/// Idle         target closes              Closed
/// any          failure, timeout, kill     Closed
/// </code>
/// </summary>
internal sealed partial class FastConnection(FastHttpSession session, Origin origin) : Deadline, ISocketOwner, IExchangeCarrier
{
    private ResponseReader? _reader;
    private State _state = State.Connecting;
    private Exchange? _exchange;
    private Connector? _connector;
    private LoopSocket? _socket;
    private TlsLink? _tls;
    private int _unsent;
    private long _stageNs;
    private bool _reused;
    private string? _location;

    private enum State : byte
    {
        Connecting,
        Handshaking,
        Idle,
        Busy,
        Closed,
    }

    /// <summary>Where it leads.</summary>
    public Origin Origin => origin;

    /// <summary>The next one of the session's list.</summary>
    public FastConnection? NextInSession { get; set; }

    /// <summary>Whether it can take a request.</summary>
    public bool IsIdle => _state == State.Idle;

    private EngineLoop Loop => session.Loop;

    /// <summary>Connects, and then carries the request out.</summary>
    public void Open(Exchange exchange)
    {
        _exchange = exchange;
        exchange.Carrier = this;
        Loop.Deadlines(session.Settings.ConnectionTimeoutNs).Add(this, MonotonicClock.Now);
        _connector = new Connector(this, Loop, origin);
        _connector.Start();
    }

    /// <summary>Sends the request on the established connection.</summary>
    public void Transmit(Exchange exchange, bool reused)
    {
        _exchange = exchange;
        exchange.Carrier = this;
        _reused = reused;
        _state = State.Busy;
        _location = null;
        _reader ??= session.LoopHttp.RentReader();
        _reader.Begin(exchange.Method == "HEAD", exchange.IsKept, exchange.IsKept);
        StartSilence();
        if (_tls is not null)
        {
            _tls.Transmit();
            return;
        }

        _unsent = 0;
        SendRest();
    }

    /// <summary>Closes without a word to the user.</summary>
    public void Close(bool abort = false)
    {
        if (_state == State.Closed)
            return;
        _state = State.Closed;
        DeadlineQueue.Remove(this);
        _connector?.Cancel();

        // The socket first: a receive under way must not write into a buffer that the TLS link has given back.
        _socket?.Close(abort);
        _tls?.Close();
        ReturnReader();
    }

    /// <summary>The connector has a connection.</summary>
    public void OnConnected(LoopSocket socket)
    {
        Loop.CurrentUser = session.User;
        TakeConnectTimes();
        _stageNs = MonotonicClock.Now;
        _socket = socket;
        socket.Owner = this;
        if (!origin.IsHttps)
        {
            OnEstablished();
            return;
        }

        _state = State.Handshaking;
        _tls = new TlsLink(this, socket, session.Settings);
        _ = _tls.RunAsync();
    }

    /// <summary>The connector has given up.</summary>
    public void OnConnectFailed(Outcome outcome, string message)
    {
        TakeConnectTimes();
        Fail(outcome, message);
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<byte> data, SocketError error, long arrivedNs)
    {
        if (error != SocketError.Success)
            OnBroken(Outcome.Reset, error == SocketError.ConnectionReset ? "connection reset by the target" : $"receive failed: {error}");
        else if (Feed(data, arrivedNs))
            _socket!.StartReceive();
    }

    /// <inheritdoc/>
    public void OnUnexpectedData()
    {
        // The end of the stream, or bytes that answer no request: in both cases the next request needs another connection.
        if (_state == State.Idle)
            Drop();
    }

    /// <inheritdoc/>
    public void OnRequestTimeout() =>
        Fail(_state < State.Idle ? Outcome.ConnectTimeout : Outcome.ReadTimeout, $"no complete response within {ConnectFailure.Seconds(_exchange!.TimeoutNs)} s");

    /// <inheritdoc/>
    public void OnCancelled()
    {
        if (_exchange is not null)
            Fail(Outcome.Cancelled, "cut by the stop of its user");
    }

    /// <summary>The TLS link is up.</summary>
    public void OnHandshakeDone()
    {
        var now = MonotonicClock.Now;
        _exchange!.Sample.TlsNs += now - _stageNs;
        _stageNs = now;
        OnEstablished();
    }

    /// <summary>The TLS link could not be made.</summary>
    public void OnHandshakeFailed(string message) => Fail(Outcome.Tls, message);

    /// <summary>The load test's own stream could not be read while the TLS link was sending it.</summary>
    public void OnUploadFailed(string message) => Fail(Outcome.Send, message);

    /// <summary>The TLS link has written a part of the request, and another follows.</summary>
    public void OnPieceSent() => _exchange!.Sample.BytesSent += _exchange.Writer.Length;

    /// <summary>The TLS link has written the last part.</summary>
    public void OnLastPieceSent() => _exchange!.Writer.Reset();

    /// <summary>Whether a request is under way.</summary>
    public bool IsBusy => _state == State.Busy;

    /// <summary>Takes bytes of the response; true when more is needed.</summary>
    public bool Feed(ReadOnlySpan<byte> data, long arrivedNs)
    {
        Loop.CurrentUser = session.User;
        var exchange = _exchange!;

        // The kernel's stamp is of the wall clock: after a step back of it an answer would have come before its request.
        if (arrivedNs < exchange.StageStartNs)
            arrivedNs = MonotonicClock.Now;
        if (exchange.FirstByteNs == 0 && !data.IsEmpty)
            exchange.FirstByteNs = arrivedNs;
        if (data.IsEmpty)
            return OnEndOfStream(arrivedNs);

        while (true)
        {
            var status = _reader!.Read(data, out var consumed);
            switch (status)
            {
                case ReadStatus.Head:
                    OnHead(_reader!.Head(data));
                    data = data[consumed..];
                    break;
                case ReadStatus.Complete:
                    OnComplete(arrivedNs, reusable: _reader!.KeepAlive && consumed == data.Length);
                    return false;
                case ReadStatus.Failed:
                    exchange.Sample.BytesReceived += _reader!.TotalBytes;
                    Fail(Outcome.Protocol, _reader!.Error!);
                    return false;
                default:
                    StartSilence();
                    return true;
            }
        }
    }

    /// <summary>The connection broke under a request.</summary>
    public void OnBroken(Outcome outcome, string message)
    {
        var exchange = _exchange!;
        if (_reused && !exchange.Retried && _reader!.TotalBytes == 0 && exchange.Upload?.CanReplay != false)
        {
            // The target had closed the idle connection before the request reached it: not an answer, so the request goes out once more.
            _exchange = null;
            exchange.Upload?.RestoreHead();
            exchange.Upload?.Rewind();
            Drop();
            session.Retry(exchange);
            return;
        }

        exchange.Sample.BytesReceived += _reader!.TotalBytes;
        Fail(outcome, message);
    }

    /// <summary>Connect or silence took too long.</summary>
    internal override void OnExpired()
    {
        if (_state < State.Idle)
            Fail(Outcome.ConnectTimeout, $"no connection within {ConnectFailure.Seconds(session.Settings.ConnectionTimeoutNs)} s: {origin.HostHeader}");
        else if (_state == State.Busy)
            Fail(Outcome.ReadTimeout, $"nothing received for {ConnectFailure.Seconds(session.Settings.NetworkTimeoutNs)} s");
    }

    private void TakeConnectTimes()
    {
        ref var sample = ref _exchange!.Sample;
        sample.DnsNs += _connector!.DnsNs;
        sample.ConnectNs += _connector.ConnectNs;
        _connector = null;
    }

    private void OnEstablished()
    {
        DeadlineQueue.Remove(this);
        var exchange = _exchange!;
        exchange.Sample.BlockedNs += _stageNs - exchange.StageStartNs;
        exchange.StageStartNs = _stageNs;
        Transmit(exchange, reused: false);
    }

    private void OnHead(ReadOnlySpan<byte> head)
    {
        var exchange = _exchange!;
        exchange.Sample.Status = (short)_reader!.StatusCode;
        if (_reader!.HasSetCookie)
            session.StoreCookies(exchange.Target, head);
        if (_reader!.HasLocation && exchange.FollowsRedirects && _reader!.StatusCode is 301 or 302 or 303 or 307 or 308)
            _location = HeaderReader.TryFind(head, "Location", out var value) ? Encoding.UTF8.GetString(value) : null;
    }

    private bool OnEndOfStream(long arrivedNs)
    {
        if (_reader!.EndOfStream() == ReadStatus.Complete)
            OnComplete(arrivedNs, reusable: false);
        else
            OnBroken(_reader!.StatusCode == 0 && _reader!.Error!.StartsWith("not an HTTP", StringComparison.Ordinal) ? Outcome.Protocol : Outcome.Reset, _reader!.Error!);
        return false;
    }

    private void OnComplete(long arrivedNs, bool reusable)
    {
        var exchange = _exchange!;
        ref var sample = ref exchange.Sample;
        exchange.LastByteNs = arrivedNs;
        if (exchange.FirstByteNs == 0)
            exchange.FirstByteNs = arrivedNs;

        // With kernel time stamps the answer can have arrived before the send call returned.
        var sent = Math.Min(exchange.SentNs, exchange.FirstByteNs);
        sample.SendNs += Math.Max(0, sent - exchange.StageStartNs);
        sample.WaitNs += exchange.FirstByteNs - sent;
        sample.ReceiveNs += Math.Max(0, arrivedNs - exchange.FirstByteNs);
        sample.BytesSent += _tls is null ? _unsent : exchange.Writer.Length;
        sample.BytesReceived += _reader!.TotalBytes;
        sample.ContentLength = _reader!.BodyBytes;

        string? problem = null;
        if (exchange.IsKept)
            problem = exchange.Keep(_reader!);
        ReturnReader();

        _exchange = null;
        DeadlineQueue.Remove(this);
        var location = _location;

        // An answer before the end of the request leaves a connection on which the next request would stand in the middle of this one.
        if (reusable && (_tls is not null || (exchange.Upload?.HasEnded ?? true) && _unsent == exchange.Writer.Length && !_socket!.HasUnsent) && session.Settings.Connections != ConnectionReuse.PerRequest)
            _state = State.Idle;
        else
            Drop();

        if (problem is not null)
            session.OnFailed(exchange, Outcome.Protocol, problem);
        else
            session.OnResponse(exchange, location);
    }

    private void ReturnReader()
    {
        if (_reader is not { } reader)
            return;
        _reader = null;
        session.LoopHttp.Return(reader);
    }

    private void StartSilence()
    {
        // The limit of the whole request covers a silence that may be as long.
        if (session.Settings.NetworkTimeoutNs >= _exchange!.TimeoutNs)
            return;
        DeadlineQueue.Remove(this);
        Loop.Deadlines(session.Settings.NetworkTimeoutNs).Add(this, MonotonicClock.Now);
    }

    private void Fail(Outcome outcome, string message)
    {
        var exchange = _exchange!;
        _exchange = null;
        if (_state < State.Idle)
            exchange.Sample.BlockedNs += MonotonicClock.Now - exchange.StageStartNs;
        else
            exchange.Sample.BytesSent += _tls is null ? _unsent : exchange.Writer.Length;
        Drop(abort: _state == State.Busy);
        session.OnFailed(exchange, outcome, message);
    }

    private void Drop(bool abort = false)
    {
        Close(abort);
        session.Remove(this);
    }
}
