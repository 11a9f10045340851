namespace Onrush.Testing.Targets.Hostile;

/// <summary>One way of being a bad server.</summary>
/// <param name="Name">Short, in kebab case; unique.</param>
/// <param name="Does">What the server does, in one sentence.</param>
/// <param name="Allowed">What a client that is given one to three seconds may make of it.</param>
/// <param name="Script">Runs on each connection; null where nobody is ever accepted.</param>
public sealed record Misbehaviour(string Name, string Does, Endings Allowed, Func<HostileConnection, Task>? Script)
{
    /// <summary>http or https.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>What the port itself does.</summary>
    public PortKind Port { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What listens on the port of a misbehaviour.</summary>
public enum PortKind
{
    /// <summary>A server that accepts.</summary>
    Accepts,

    /// <summary>Nobody.</summary>
    Refuses,

    /// <summary>A server whose queue of connections is full and stays so.</summary>
    NeverAccepts,
}

/// <summary>How a request may end, by the stage at which it ended.</summary>
[Flags]
public enum Endings
{
    /// <summary>A complete response.</summary>
    Success = 1,

    /// <summary>The connect was refused.</summary>
    Refused = 2,

    /// <summary>No connection in time.</summary>
    ConnectTimeout = 4,

    /// <summary>The TLS handshake failed.</summary>
    Tls = 8,

    /// <summary>No complete response in time.</summary>
    ReadTimeout = 16,

    /// <summary>Closed or reset before the response was complete.</summary>
    Reset = 32,

    /// <summary>Not valid HTTP, or past a limit.</summary>
    Protocol = 64,

    /// <summary>The request could not be written.</summary>
    Send = 128,

    /// <summary>A complete response whose status counts as a failure.</summary>
    Status = 256,
}
