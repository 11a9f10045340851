using System.Net;
using System.Net.Sockets;
using Onrush.Engine;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http.Fast;

/// <summary>
/// Makes the TCP connection for a <see cref="FastConnection"/>: resolves the name, waits for its turn, tries one address after the other. Belongs to the user's loop.
/// <code>
/// state        event                      next
/// Resolving    addresses known            Waiting, or Connecting
/// Waiting      its turn to connect        Connecting
/// Connecting   connected                  Done
/// Connecting   refused, more addresses    Waiting, or Connecting
/// any          failure, timeout, kill     Done
/// </code>
/// </summary>
internal sealed class Connector(FastConnection connection, EngineLoop loop, Origin origin) : ISocketOwner, IConnectWaiter
{
    private State _state = State.Resolving;
    private LoopSocket? _socket;
    private IPAddress[] _addresses = [];
    private int _address;
    private long _stageNs;

    private enum State : byte
    {
        Resolving,
        Waiting,
        Connecting,
        Done,
    }

    /// <summary>Time of the name resolution, in nanoseconds.</summary>
    public long DnsNs { get; private set; }

    /// <summary>Time of the connects, in nanoseconds.</summary>
    public long ConnectNs { get; private set; }

    /// <summary>Begins; the result comes to the connection.</summary>
    public void Start()
    {
        _stageNs = MonotonicClock.Now;
        if (DnsCache.TryGet(origin.Host, _stageNs, out var addresses))
        {
            _addresses = addresses;
            TakeTurn();
        }
        else
        {
            _ = ResolveAsync();
        }
    }

    /// <summary>Gives up.</summary>
    public void Cancel()
    {
        if (_state == State.Done)
            return;
        var held = _state == State.Connecting;
        _state = State.Done;
        _socket?.Close();
        if (held)
            loop.Connects.Leave();
    }

    /// <inheritdoc/>
    public bool OnMayConnect()
    {
        if (_state != State.Waiting)
            return false;
        Connect();
        return true;
    }

    /// <inheritdoc/>
    public void OnConnected(SocketError error)
    {
        var now = MonotonicClock.Now;
        ConnectNs += now - _stageNs;
        _stageNs = now;
        _state = State.Waiting;
        loop.Connects.Leave();
        if (error == SocketError.Success)
        {
            _state = State.Done;
            connection.OnConnected(_socket!);
            return;
        }

        _socket!.Close();
        _socket = null;
        if (++_address < _addresses.Length)
            TakeTurn();
        else
            Fail(ConnectFailure.OutcomeOf(error), $"{ConnectFailure.TextOf(error)}: {new IPEndPoint(_addresses[^1], origin.Port)}");
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<byte> data, SocketError error, long arrivedNs)
    {
    }

    private async Task ResolveAsync()
    {
        string? problem = null;
        try
        {
            _addresses = await DnsCache.ResolveAsync(origin.Host).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            problem = $"the name {origin.Host} does not resolve: {exception.Message}";
        }

        await loop.SwitchTo();
        if (_state != State.Resolving)
            return;
        var now = MonotonicClock.Now;
        DnsNs = now - _stageNs;
        _stageNs = now;
        if (problem is not null)
            Fail(Outcome.Dns, problem);
        else
            TakeTurn();
    }

    private void TakeTurn()
    {
        _state = State.Waiting;
        if (loop.Connects.TryEnter(this))
            Connect();
    }

    private void Connect()
    {
        _state = State.Connecting;
        _stageNs = MonotonicClock.Now;
        _socket = loop.CreateSocket();
        _socket.Owner = this;
        var address = _addresses[_address];
        _socket.StartConnect(new IPEndPoint(address, origin.Port), loop.NextLocalAddress(address.AddressFamily));
    }

    private void Fail(Outcome outcome, string message)
    {
        _state = State.Done;
        connection.OnConnectFailed(outcome, message);
    }
}
