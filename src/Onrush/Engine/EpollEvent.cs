using System.Runtime.InteropServices;

namespace Onrush.Engine;

/// <summary>The kernel's epoll_event; packed on x64 only.</summary>
internal static class EpollEvent
{
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Bytes from one event to the next.</summary>
    public static readonly int Size = Packed ? 12 : 16;

    /// <summary>Reads event <paramref name="index"/> of the kernel's array.</summary>
    public static unsafe (uint Events, long Data) Read(byte* events, int index)
    {
        var at = events + index * Size;
        return (*(uint*)at, ReadData(at));
    }

    /// <summary>Writes one event.</summary>
    public static unsafe void Write(byte* at, uint events, long data)
    {
        *(uint*)at = events;
        if (Packed)
            *(long*)(at + 4) = data;
        else
            *(long*)(at + 8) = data;
    }

    private static unsafe long ReadData(byte* at) => Packed ? *(long*)(at + 4) : *(long*)(at + 8);
}
