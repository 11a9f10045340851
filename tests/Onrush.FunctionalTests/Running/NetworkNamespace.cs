using System.Diagnostics;
using System.Net;

namespace Onrush.FunctionalTests.Running;

/// <summary>A network of its own for processes, with cables to this machine's. Needs root.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private static int _made;

    private readonly int _number = Interlocked.Increment(ref _made);
    private int _cables;

    /// <summary>Makes one.</summary>
    public NetworkNamespace()
    {
        Name = $"onrush-{Environment.ProcessId}-{_number}";
        Ip("netns", "add", Name);
        Ip("-n", Name, "link", "set", "lo", "up");
    }

    /// <summary>Why there is none here; null when there is.</summary>
    public static string? Objection { get; } = Find();

    /// <summary>Its name for <c>ip netns exec</c>.</summary>
    public string Name { get; }

    /// <summary>Plugs in another cable.</summary>
    public Cable Plug()
    {
        var device = $"o{Environment.ProcessId}{(char)('a' + (_number % 26))}{++_cables}";

        // Of 198.18.0.0/15, which is there for trials of networks: a block of four addresses.
        var block = (198u << 24) + (18u << 16) + ((uint)Random.Shared.Next(1 << 15) << 2);
        IPAddress here = Address(block + 1), there = Address(block + 2);
        Ip("link", "add", device, "type", "veth", "peer", "name", "e" + device, "netns", Name);
        Ip("addr", "add", here + "/30", "dev", device);
        Ip("link", "set", device, "up");
        Ip("-n", Name, "addr", "add", there + "/30", "dev", "e" + device);
        Ip("-n", Name, "link", "set", "e" + device, "up");
        return new Cable(Name, "e" + device, here, there);
    }

    /// <summary>Takes it away, and its cables with it.</summary>
    public void Dispose() => Ip("netns", "del", Name);

    internal static void Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors}");
    }

    private static IPAddress Address(uint number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static string? Find()
    {
        if (!Environment.IsPrivilegedProcess)
            return "network namespaces need root";
        try
        {
            using var trial = new NetworkNamespace();
            trial.Plug();
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no network namespace can be made here (Debian package iproute2; eng/test installs it as root): {exception.Message.Trim()}";
        }
    }
}

/// <summary>A cable between a network namespace and this machine's network.</summary>
/// <param name="Network">The namespace.</param>
/// <param name="Device">Its end there.</param>
/// <param name="Here">Address of this end.</param>
/// <param name="There">Address of the other end.</param>
internal sealed record Cable(string Network, string Device, IPAddress Here, IPAddress There)
{
    /// <summary>Nothing gets through, and nobody is told.</summary>
    public void Pull() => NetworkNamespace.Ip("-n", Network, "link", "set", Device, "down");

    /// <summary>As before.</summary>
    public void Mend() => NetworkNamespace.Ip("-n", Network, "link", "set", Device, "up");
}
