using System.Net.Sockets;

namespace Onrush.Engine;

/// <summary>One receive under way on the portable transport, with a buffer of its own for receives that bring none. Owned by its loop.</summary>
internal sealed class PortableReceive : SocketAsyncEventArgs
{
    private const int BufferSize = 16 * 1024;

    private static readonly SendOrPostCallback Finish = static state => ((PortableReceive)state!).OnFinished();

    private readonly PortableLoop _loop;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private PortableSocket? _socket;
    private bool _usesOwn;

    public PortableReceive(PortableLoop loop)
        : base(true) => _loop = loop;

    /// <summary>Starts to receive into <paramref name="target"/>, or into the own buffer when that is empty.</summary>
    public void Start(PortableSocket owner, Socket socket, Memory<byte> target)
    {
        _socket = owner;

        // Setting a buffer costs; the own one stays set from one use to the next.
        if (!target.IsEmpty)
            SetBuffer(target);
        else if (!_usesOwn)
            SetBuffer(_buffer);
        _usesOwn = target.IsEmpty;
        if (!socket.ReceiveAsync(this))
            _loop.Post(Finish, this);
    }

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e) => _loop.Execute(Finish, this);

    private void OnFinished()
    {
        var socket = _socket!;
        _socket = null;
        socket.OnReceived(MemoryBuffer.Span[..BytesTransferred], SocketError);
        if (!_usesOwn)
            SetBuffer(default);
        _loop.Return(this);
    }
}
