namespace Onrush.Testing.Targets.Brokers;

/// <summary>What a <see cref="RabbitMqServer"/> is started with.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>One or three.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Users and rights as JSON; without them there is the user onrush with the password onrush.</summary>
    public string? Definitions { get; init; }

    /// <summary>Certificate in PEM; with it each node has an address for TLS as well.</summary>
    public string? CertificatePem { get; init; }

    /// <summary>Its key in PEM.</summary>
    public string? KeyPem { get; init; }

    /// <summary>Further lines of rabbitmq.conf.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
