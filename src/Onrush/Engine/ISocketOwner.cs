using System.Net.Sockets;

namespace Onrush.Engine;

/// <summary>Who is told what happens on a <see cref="LoopSocket"/>. Every call comes on the socket's loop.</summary>
internal interface ISocketOwner
{
    /// <summary>The connect ended.</summary>
    void OnConnected(SocketError error)
    {
    }

    /// <summary>
    /// The receive that was started ended: with data, with the end of the stream (no data, <see cref="SocketError.Success"/>), or with an
    /// error. The data is valid only during the call.
    /// </summary>
    /// <param name="data">What arrived.</param>
    /// <param name="error">Why nothing arrived.</param>
    /// <param name="arrivedNs">Monotonic nanoseconds at which the kernel had the last of it; the time of reading where the kernel does not tell.</param>
    void OnReceived(ReadOnlySpan<byte> data, SocketError error, long arrivedNs);

    /// <summary>The socket takes data again after a partial send.</summary>
    void OnWritable()
    {
    }

    /// <summary>Data or the end of the stream came while nobody had started a receive.</summary>
    void OnUnexpectedData()
    {
    }
}
