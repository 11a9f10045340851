using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Onrush.Engine;

namespace Onrush.Http;

/// <summary>Addresses of the hosts, for the whole process, kept for five minutes (k6's default). IPv4 comes first, as most targets listen there.</summary>
internal static class DnsCache
{
    private const long LifetimeNs = 300 * MonotonicClock.Second;

    private static readonly ConcurrentDictionary<string, Entry> Entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses, when they are known already or need no resolution.</summary>
    public static bool TryGet(string host, long nowNs, out IPAddress[] addresses)
    {
        if (Entries.TryGetValue(host, out var entry) && entry.ExpiresNs > nowNs)
        {
            addresses = entry.Addresses;
            return true;
        }

        if (IPAddress.TryParse(host, out var literal))
        {
            addresses = [literal];
            Entries[host] = new Entry(addresses, long.MaxValue);
            return true;
        }

        addresses = [];
        return false;
    }

    /// <summary>Asks the system's resolver.</summary>
    /// <exception cref="SocketException">The host is not known.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host)
    {
        var found = await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
        var addresses = found.OrderBy(static a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).ToArray();
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        Entries[host] = new Entry(addresses, MonotonicClock.Now + LifetimeNs);
        return addresses;
    }

    private sealed record Entry(IPAddress[] Addresses, long ExpiresNs);
}
