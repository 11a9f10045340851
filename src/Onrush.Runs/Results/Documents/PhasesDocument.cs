namespace Onrush.Runs.Results;

/// <summary>Where the time of the requests of a series went. A phase that did not take place counts as 0 ms.</summary>
internal sealed record PhasesDocument
{
    /// <summary>Before the request could be written: waiting for a connection, name resolution, connect and TLS together.</summary>
    public required TimesDocument Blocked { get; init; }

    /// <summary>Name resolution.</summary>
    public required TimesDocument Dns { get; init; }

    /// <summary>TCP connect.</summary>
    public required TimesDocument Connect { get; init; }

    /// <summary>TLS handshake.</summary>
    public required TimesDocument Tls { get; init; }

    /// <summary>Writing the request.</summary>
    public required TimesDocument Send { get; init; }

    /// <summary>From the request written to the first byte of the response.</summary>
    public required TimesDocument Wait { get; init; }

    /// <summary>From the first to the last byte of the response.</summary>
    public required TimesDocument Receive { get; init; }
}
