using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Onrush.Engine;

/// <content>TCP sockets that never wait and tell when data arrived. Numbers are those of x64 and ARM64.</content>
internal static unsafe partial class LinuxNative
{
    public const int MessageNoSignal = 0x4000;
    public const int SocketLevel = 1;
    public const int TimestampNs = 35;
    public const int TcpLevel = 6;
    public const int TcpNoDelay = 1;
    public const int IpLevel = 0;
    public const int BindAddressNoPort = 24;

    private const int InternetV4 = 2;
    private const int InternetV6 = 10;
    private const int StreamNonBlockingCloseOnExec = 1 | 0x800 | 0x80000;
    private const int OptionError = 4;
    private const int OptionLinger = 13;

    [LibraryImport("libc", EntryPoint = "connect")]
    public static partial int Connect(int fd, void* address, uint length);

    private static readonly nint SendTo = IsX64 ? 44 : 206;
    private static readonly nint ReceiveFrom = IsX64 ? 45 : 207;
    private static readonly nint ReceiveMessageNumber = IsX64 ? 47 : 212;

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    // The two calls of every request. The C library's own send and recvmsg are points at which a thread can be cancelled, which costs two locked instructions
    // each, and nobody is ever cancelled here; and as none of them waits, the collector may wait for them.
    [LibraryImport("libc", EntryPoint = "syscall"), SuppressGCTransition]
    private static partial nint SystemCall(nint number, nint fd, void* buffer, nint count, nint flags, void* address, nint addressLength);

    /// <summary>send(2).</summary>
    public static nint Send(int fd, void* buffer, nint count, int flags) => SystemCall(SendTo, fd, buffer, count, flags, null, 0);

    /// <summary>recv(2).</summary>
    public static nint Receive(int fd, void* buffer, nint count, int flags) => SystemCall(ReceiveFrom, fd, buffer, count, flags, null, 0);

    /// <summary>recvmsg(2).</summary>
    public static nint ReceiveMessage(int fd, MessageHeader* message, int flags) => SystemCall(ReceiveMessageNumber, fd, message, flags, 0, null, 0);

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind")]
    public static partial int Bind(int fd, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetSocketOption(int fd, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetSocketOption(int fd, int level, int option, void* value, uint* length);

    /// <summary>A new TCP socket whose calls never wait; negative with <see cref="LastError"/> when there is none to be had.</summary>
    public static int OpenStream(AddressFamily family) =>
        Socket(family == AddressFamily.InterNetworkV6 ? InternetV6 : InternetV4, StreamNonBlockingCloseOnExec, 0);

    /// <summary>Sets a number.</summary>
    public static void SetOption(int fd, int level, int option, int value) => _ = SetSocketOption(fd, level, option, &value, sizeof(int));

    /// <summary>Lets the close drop what is unsent and reset the connection.</summary>
    public static void SetResetOnClose(int fd)
    {
        var value = stackalloc int[] { 1, 0 };
        _ = SetSocketOption(fd, SocketLevel, OptionLinger, value, 2 * sizeof(int));
    }

    /// <summary>The errno that the socket holds since its connect, which it forgets by that.</summary>
    public static int TakeError(int fd)
    {
        int error;
        uint length = sizeof(int);
        return GetSocketOption(fd, SocketLevel, OptionError, &error, &length) == 0 ? error : LastError;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>One control message with a time stamp, as SO_TIMESTAMPNS delivers it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimestampControl
    {
        public nuint Length;
        public int Level;
        public int Type;
        public TimeSpec Time;
        private readonly long _spare1;
        private readonly long _spare2;
    }
}
