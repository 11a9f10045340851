namespace Onrush.Bench.Measuring.Throughput;

/// <summary>Measurements that belong together: every round holds one run of each generator, wrk among them.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its title on the page.</param>
/// <param name="Tls">Whether HTTPS is spoken.</param>
/// <param name="Connections">Number of connections.</param>
internal sealed record Bundle(string Name, string Title, bool Tls, int Connections)
{
    public static IReadOnlyList<Bundle> All { get; } =
    [
        new("plain50", "HTTP, 50 connections", Tls: false, 50),
        new("plain1000", "HTTP, 1,000 connections", Tls: false, 1000),
        new("tls50", "HTTPS (TLS 1.3, P-256), 50 connections", Tls: true, 50),
    ];
}
