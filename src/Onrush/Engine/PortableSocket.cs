using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Onrush.Engine;

/// <summary>A socket of a <see cref="PortableLoop"/>: SocketAsyncEventArgs for what must wait, plain non-blocking calls for the rest.</summary>
internal sealed class PortableSocket(PortableLoop loop) : LoopSocket(loop)
{
    private static readonly SendOrPostCallback FinishConnect = static state => ((PortableSocket)state!).OnConnectFinished();
    private static readonly SendOrPostCallback FinishSend = static state => ((PortableSocket)state!).OnSendFinished();

    private Socket? _socket;
    private SocketAsyncEventArgs? _operation;
    private SocketError _connectError;
    private byte[]? _unsent;
    private bool _wantsWrite;

    /// <inheritdoc/>
    public override bool HasUnsent => _unsent is not null;

    /// <inheritdoc/>
    public override void StartConnect(IPEndPoint remote, IPAddress? local)
    {
        try
        {
            _socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
            if (local is not null)
                _socket.Bind(new IPEndPoint(local, 0));
            _operation = new SocketAsyncEventArgs(true) { RemoteEndPoint = remote };
            _operation.Completed += (_, _) => loop.Execute(FinishConnect, this);
            if (_socket.ConnectAsync(_operation))
                return;
            _connectError = _operation.SocketError;
        }
        catch (SocketException exception)
        {
            _connectError = exception.SocketErrorCode;
        }

        loop.Post(FinishConnect, this);
    }

    /// <inheritdoc/>
    public override int Send(ReadOnlySpan<byte> data, out SocketError error)
    {
        error = SocketError.Success;
        if (_unsent is not null)
        {
            _wantsWrite = true;
            return 0;
        }

        var sent = _socket!.Send(data, SocketFlags.None, out var result);
        if (sent == data.Length)
            return sent;
        if (result is not (SocketError.Success or SocketError.WouldBlock or SocketError.IOPending))
        {
            error = result;
            return 0;
        }

        // The rest is copied and sent when the system takes it, so to the caller it is all gone.
        var rest = data[Math.Max(sent, 0)..];
        _unsent = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_unsent);
        _operation = new SocketAsyncEventArgs(true);
        _operation.SetBuffer(_unsent, 0, rest.Length);
        _operation.Completed += (_, _) => loop.Execute(FinishSend, this);
        if (!_socket.SendAsync(_operation))
            loop.Post(FinishSend, this);
        return data.Length;
    }

    /// <inheritdoc/>
    public override void StartReceive(Memory<byte> buffer = default) => loop.RentReceive().Start(this, _socket!, buffer);

    /// <inheritdoc/>
    public override void Close(bool abort = false)
    {
        // Also without a socket, when it could not be made: the owner is told of nothing that was still to be reported.
        Owner = null;
        if (_socket is not { } socket)
            return;
        _socket = null;
        if (abort)
            socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    /// <summary>A receive ended; on the loop.</summary>
    public void OnReceived(ReadOnlySpan<byte> data, SocketError error)
    {
        if (_socket is not null)
            Owner?.OnReceived(data, error, loop.LastReadNs = MonotonicClock.Now);
    }

    private void OnConnectFinished()
    {
        if (_operation is { } operation)
        {
            if (_connectError == SocketError.Success)
                _connectError = operation.SocketError;
            operation.Dispose();
            _operation = null;
        }

        Owner?.OnConnected(_connectError);
    }

    private void OnSendFinished()
    {
        ArrayPool<byte>.Shared.Return(_unsent!);
        _unsent = null;
        _operation?.Dispose();
        _operation = null;
        if (_wantsWrite)
        {
            _wantsWrite = false;
            Owner?.OnWritable();
        }
    }
}
