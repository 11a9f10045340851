using System.Net.Sockets;

namespace Onrush.Engine;

/// <summary>Linux error numbers of socket calls in the runtime's words.</summary>
internal static class SocketErrors
{
    /// <summary>The runtime's word for an errno; <see cref="SocketError.SocketError"/> for one without.</summary>
    public static SocketError FromErrno(int number) => number switch
    {
        0 => SocketError.Success,
        11 => SocketError.WouldBlock,
        13 => SocketError.AccessDenied,
        22 => SocketError.InvalidArgument,
        23 or 24 => SocketError.TooManyOpenSockets,
        32 => SocketError.Shutdown,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        105 => SocketError.NoBufferSpaceAvailable,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}
