using System.Globalization;
using System.Net;

namespace Onrush.Engine;

/// <summary>What the system lets this process have: said before the test, not at connection 28,233.</summary>
internal static class ProcessLimits
{
    // The runtime, assemblies, loops, log and result files.
    private const int ReservedDescriptors = 200;

    /// <summary>Descriptors that connections may use; <see cref="int.MaxValue"/> where there is no limit to read.</summary>
    public static int ConnectionDescriptors { get; } = ReadDescriptorLimit() - ReservedDescriptors;

    /// <summary>Local ports for connections to one target address and port from one source address.</summary>
    public static int PortsPerSource { get; } = ReadPortRange();

    /// <summary>A one-line objection when so many users with a connection each do not fit; null when they do.</summary>
    /// <param name="users">Users at the peak, each with one connection.</param>
    /// <param name="sources">Source addresses the connections are spread over; none means one.</param>
    public static string? Objection(int users, IReadOnlyCollection<IPAddress> sources)
    {
        if (users > ConnectionDescriptors)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{users:N0} users need as many open connections, but this process may have {ConnectionDescriptors:N0} (descriptor limit). Raise it (ulimit -n), or spread the users over more processes.");
        }

        var ports = (long)PortsPerSource * Math.Max(1, sources.Count);
        return users <= ports
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{users:N0} users need as many local ports, but {Math.Max(1, sources.Count)} source address(es) have {ports:N0} for one target. Give more with --local-addresses, or widen net.ipv4.ip_local_port_range.");
    }

    private static int ReadDescriptorLimit()
    {
        // The runtime has raised the soft limit to the hard one at its start; the file shows the limit in force.
        try
        {
            foreach (var line in File.ReadLines("/proc/self/limits"))
            {
                if (!line.StartsWith("Max open files", StringComparison.Ordinal))
                    continue;
                var soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
                return int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
            }
        }
        catch (IOException)
        {
        }

        return int.MaxValue;
    }

    private static int ReadPortRange()
    {
        try
        {
            var parts = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(parts[1], CultureInfo.InvariantCulture) - int.Parse(parts[0], CultureInfo.InvariantCulture) + 1;
        }
        catch (Exception exception) when (exception is IOException or FormatException or IndexOutOfRangeException)
        {
            return int.MaxValue;
        }
    }
}
