using System.Net;
using Onrush.Testing.Targets.Tls;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>How a <see cref="HostileServer"/> is set up.</summary>
public sealed record HostileServerOptions
{
    /// <summary>IPv4 or IPv6 loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Time between two steps of a slow misbehaviour: one second, as real slow servers are; tests of the server itself go faster.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>A server that does everything wrong: one port per misbehaviour, opened when it is first asked for.</summary>
public sealed class HostileServer(HostileServerOptions? options = null) : IAsyncDisposable
{
    private readonly HostileServerOptions _options = options ?? new HostileServerOptions();
    private readonly Dictionary<string, HostilePort> _ports = [];
    private readonly Lock _lock = new();

    /// <summary>Every misbehaviour there is.</summary>
    public static IReadOnlyList<Misbehaviour> All { get; } =
    [
        .. Connecting.All, .. Closing.All, .. Heads.All, .. Lengths.All, .. Chunks.All, .. Codings.All, .. Order.All, .. Slowness.All, .. Handshakes.All,
    ];

    /// <summary>Issues the certificates of this server; a client that trusts it sees only the mistakes that are meant.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>The port of a misbehaviour.</summary>
    /// <param name="name">Name of one of <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public HostilePort this[string name]
    {
        get
        {
            lock (_lock)
            {
                if (_ports.TryGetValue(name, out var port))
                    return port;
                var misbehaviour = All.FirstOrDefault(one => one.Name == name)
                    ?? throw new ArgumentException($"no misbehaviour is named {name}", nameof(name));
                return _ports[name] = new HostilePort(misbehaviour, Authority, _options);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var port in _ports.Values)
            await port.DisposeAsync();
        Authority.Dispose();
    }
}
