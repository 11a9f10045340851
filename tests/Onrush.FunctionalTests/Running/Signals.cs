using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Onrush.FunctionalTests.Running;

/// <summary>The signals that tests send, with their numbers on Linux.</summary>
public enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>kill(2).</summary>
internal static class Signals
{
    public static void Send(int pid, Signal signal)
    {
        // 0 and negative numbers name whole groups of processes.
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        if (Kill(pid, (int)signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot send {signal} to process {pid}");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
