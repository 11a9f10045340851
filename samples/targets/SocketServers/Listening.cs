using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketServers;

/// <summary>Listening sockets: opened here, or handed on to another process.</summary>
internal static class Listening
{
    private const int SetDescriptorFlags = 2;

    /// <summary>Opens one on 127.0.0.1.</summary>
    public static Socket Open(ServerOptions options)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        socket.Listen(options.Backlog);
        return socket;
    }

    /// <summary>Lets processes that are started from now on have the socket, under the number that is returned.</summary>
    public static int Share(Socket socket)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException("process needs a system on which a started process inherits open sockets: Linux or macOS");
        var handle = (int)socket.Handle;
        if (Control(handle, SetDescriptorFlags, 0) != 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
        return handle;
    }

    /// <summary>A socket that the parent shared.</summary>
    public static Socket Inherited(int handle) => new(new SafeSocketHandle(handle, ownsHandle: true));

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(int descriptor, int command, int argument);
}
