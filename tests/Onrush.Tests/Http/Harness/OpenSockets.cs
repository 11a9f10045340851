using System.Globalization;

namespace Onrush.Tests.Http.Harness;

/// <summary>Sockets of this machine as the kernel lists them.</summary>
internal static class OpenSockets
{
    /// <summary>Sockets that some process still holds and that are connected, or connecting, to the port of 127.0.0.1.</summary>
    public static int To(int port)
    {
        var remote = $"0100007F:{port:X4}";

        // Columns: number, local, remote, state, queues, timer, retransmits, user, timeouts, inode. The inode of a socket that was closed is 0.
        return File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(columns => columns[2] == remote && long.Parse(columns[9], CultureInfo.InvariantCulture) != 0);
    }
}
