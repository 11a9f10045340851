using System.Runtime.InteropServices;

namespace Onrush.Engine;

/// <summary>The Linux calls the runtime does not offer: readiness, and the clock that its time stamps are of.</summary>
internal static unsafe partial class LinuxNative
{
    public const int EpollCtlAdd = 1;
    public const int EpollCloseOnExec = 0x80000;
    public const uint EpollIn = 0x001;
    public const uint EpollOut = 0x004;
    public const uint EpollError = 0x008;
    public const uint EpollHangUp = 0x010;
    public const uint EpollReadHangUp = 0x2000;
    public const uint EpollEdge = 1u << 31;

    public const int EventFdNonBlocking = 0x800;
    public const int EventFdCloseOnExec = 0x80000;

    public const int ErrorInterrupted = 4;
    public const int ErrorAgain = 11;
    public const int ErrorInProgress = 115;
    public const int ErrorNotImplemented = 38;

    private const int PrSetTimerSlack = 29;

    /// <summary>
    /// The error of the call that has just failed. The calls of the hot side do not save it each time, which would cost two more calls; the runtime keeps it on
    /// the way back.
    /// </summary>
    public static int LastError => Marshal.GetLastSystemError();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2")]
    public static partial int EpollWait2(int epoll, byte* events, int capacity, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int capacity, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    public static partial int ClockGetTime(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    /// <summary>Lets this thread's sleeps end on time: the default slack makes every wake up to 50 us late.</summary>
    public static void SetTimerSlack() => _ = ProcessControl(PrSetTimerSlack, 1, 0, 0, 0);

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
