using System.Net;

namespace Onrush.Dashboard;

/// <summary>Where and for whom the page is served.</summary>
internal sealed record DashboardOptions
{
    /// <summary>Address to listen on: an IP address, localhost, or * for all.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8089;

    /// <summary>What stands before every path, for instance /load; empty for none.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Secret that scripts send and people type; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Name and password with a colon between them; null for none.</summary>
    public string? Login { get; init; }

    /// <summary>PEM file of the certificate; null serves plain HTTP.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of its key; null when it is in the file of the certificate.</summary>
    public string? TlsKey { get; init; }

    /// <summary>True lets Locust's GET /stop and GET /stats/reset through on loopback.</summary>
    public bool LocustGet { get; init; }

    /// <summary>Runs of the store for the history; null shows those of this process only.</summary>
    public KeptRuns? Kept { get; init; }

    /// <summary>The addresses that <see cref="Host"/> names.</summary>
    /// <exception cref="DashboardException">It is none.</exception>
    public IReadOnlyList<IPAddress> Addresses => Host switch
    {
        "*" or "" => [IPAddress.Any],
        "localhost" => [IPAddress.Loopback],
        _ when IPAddress.TryParse(Host.Trim('[', ']'), out var address) => [address],
        _ => throw new DashboardException($"--web-host {Host}: give an IP address of this machine, localhost, or * for all of them."),
    };

    /// <summary>Whether only this machine can reach the page.</summary>
    public bool IsLoopback => Addresses.All(IPAddress.IsLoopback);

    /// <summary>Whether someone has to say who they are.</summary>
    public bool IsGuarded => Token is not null || Login is not null;

    /// <summary>Checks what can be checked before the start.</summary>
    /// <exception cref="DashboardException">Something cannot be.</exception>
    public void Check()
    {
        if (!IsLoopback && !IsGuarded)
            throw new DashboardException($"--web-host {Host} lets others in: give --web-token SECRET or --web-login USER:PASSWORD as well.");
        if (Login is { } login && login.IndexOf(':', StringComparison.Ordinal) is var colon && (colon < 1 || colon == login.Length - 1))
            throw new DashboardException("--web-login: give a name and a password with a colon between them.");
        if (Token is { Length: < 8 })
            throw new DashboardException("--web-token: give at least 8 characters, or it can be guessed.");
        if (TlsKey is not null && TlsCertificate is null)
            throw new DashboardException("--web-tls-key needs --web-tls-cert.");
    }
}

/// <summary>The page cannot be served; the message says why in one line.</summary>
internal sealed class DashboardException(string message) : Exception(message);
