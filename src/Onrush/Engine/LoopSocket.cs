using System.Net;
using System.Net.Sockets;

namespace Onrush.Engine;

/// <summary>A TCP socket that belongs to one loop. Nothing waits: what cannot be done at once is reported to the owner later, on the loop.</summary>
internal abstract class LoopSocket(EngineLoop loop)
{
    /// <summary>The loop on whose thread everything happens.</summary>
    public EngineLoop Loop { get; } = loop;

    /// <summary>Who is told; set once before <see cref="StartConnect"/>.</summary>
    public ISocketOwner? Owner { get; set; }

    /// <summary>
    /// Begins to connect. The result comes to <see cref="ISocketOwner.OnConnected"/>, never before this method has returned.
    /// </summary>
    /// <param name="remote">Address and port of the target.</param>
    /// <param name="local">Source address, or null to let the system choose.</param>
    public abstract void StartConnect(IPEndPoint remote, IPAddress? local);

    /// <summary>
    /// Sends what the socket takes now. When less than all was taken, <see cref="ISocketOwner.OnWritable"/> follows once it takes more.
    /// </summary>
    /// <returns>Number of bytes taken.</returns>
    public abstract int Send(ReadOnlySpan<byte> data, out SocketError error);

    /// <summary>Whether data that <see cref="Send"/> took has not gone to the system yet.</summary>
    public virtual bool HasUnsent => false;

    /// <summary>
    /// Asks for the next data: exactly one <see cref="ISocketOwner.OnReceived"/> follows. Only one receive may be under way.
    /// </summary>
    /// <param name="buffer">Where to put it; empty for a buffer of the loop, which costs a connection at rest nothing.</param>
    public abstract void StartReceive(Memory<byte> buffer = default);

    /// <summary>Closes the socket; the owner hears nothing more.</summary>
    /// <param name="abort">True drops what is unsent and resets the connection.</param>
    public abstract void Close(bool abort = false);
}
