using System.Diagnostics.CodeAnalysis;

namespace Onrush.Cluster;

/// <summary>
/// Where a broker is and who asks, from a text such as <c>amqps://user:password@host,other:5671/vhost?cluster=NAME&amp;sha256=FINGERPRINT</c>.
/// <code>
/// hosts    one, or every node of a cluster of brokers with commas; 5672 without a port, by TLS 5671
/// cluster  several clusters of onrush in one virtual host keep apart by it; main without
/// sha256   the fingerprint of the broker's certificate: that one is taken and no other, whoever signed it
/// </code>
/// </summary>
/// <param name="Hosts">Names and ports of the nodes.</param>
/// <param name="VirtualHost">The virtual host.</param>
internal sealed record BrokerAddress(IReadOnlyList<(string Name, int Port)> Hosts, string VirtualHost)
{
    private const string Form = "an address looks like amqp://user:password@host/vhost, or amqps:// for TLS";

    /// <summary>Whether TLS is spoken.</summary>
    public bool UsesTls { get; init; }

    /// <summary>Name of the user.</summary>
    public string User { get; init; } = "guest";

    /// <summary>Its password; shown nowhere.</summary>
    public string Password { get; init; } = "guest";

    /// <summary>Name of the cluster.</summary>
    public string Cluster { get; init; } = "main";

    /// <summary>SHA-256 of the certificate to be met, in hexadecimal digits; null takes what the machine trusts.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The address as it was given, with the password.</summary>
    public string Text { get; init; } = "";

    /// <summary>For people: without the password.</summary>
    public override string ToString() =>
        $"{(UsesTls ? "amqps" : "amqp")}://{User}@{string.Join(',', Hosts.Select(host => $"{host.Name}:{host.Port}"))}/{VirtualHost.TrimStart('/')}";

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message says why and does not show the password.</exception>
    public static BrokerAddress Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var colon ? text[..colon] : Fail<string>("it has no scheme");
        var tls = scheme switch
        {
            "amqp" => false,
            "amqps" => true,
            _ => Fail<bool>($"{scheme}:// is not known"),
        };
        var rest = text[(scheme.Length + 3)..];
        var (beforeQuery, query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var at = beforeQuery.LastIndexOf('@');
        var credentials = at < 0 ? null : beforeQuery[..at];
        var (hosts, vhost) = Split(beforeQuery[(at + 1)..], beforeQuery[(at + 1)..].IndexOf('/', StringComparison.Ordinal));
        var address = new BrokerAddress([.. hosts.Split(',').Select(host => Host(host, tls ? 5671 : 5672))], vhost is { Length: > 0 } ? Uri.UnescapeDataString(vhost) : "/")
        {
            UsesTls = tls,
            Text = text,
        };
        if (credentials is not null)
        {
            var (user, password) = Split(credentials, credentials.IndexOf(':', StringComparison.Ordinal));
            address = address with { User = Uri.UnescapeDataString(user), Password = Uri.UnescapeDataString(password ?? Fail<string>("the password is missing")) };
        }

        return (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Aggregate(address, Apply);
    }

    private static BrokerAddress Apply(BrokerAddress address, string parameter)
    {
        var (name, value) = Split(parameter, parameter.IndexOf('=', StringComparison.Ordinal));
        return (name, Uri.UnescapeDataString(value ?? "")) switch
        {
            ("cluster", var cluster) when IsName(cluster) => address with { Cluster = cluster },
            ("cluster", _) => Fail<BrokerAddress>("the name of a cluster is 1 to 40 letters, digits, _ and -"),
            ("sha256", var text) when text.Replace(":", "", StringComparison.Ordinal) is { Length: 64 } digits && digits.All(char.IsAsciiHexDigit) =>
                address.UsesTls ? address with { Fingerprint = digits.ToLowerInvariant() } : Fail<BrokerAddress>("sha256 needs amqps://"),
            ("sha256", _) => Fail<BrokerAddress>("sha256 is 64 hexadecimal digits, the fingerprint of the broker's certificate"),
            _ => Fail<BrokerAddress>($"'{name}' is not known; there are cluster and sha256"),
        };
    }

    private static (string Name, int Port) Host(string text, int port)
    {
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            if (!int.TryParse(text[(colon + 1)..], out port) || port is < 1 or > 65535)
                return Fail<(string, int)>($"'{text[(colon + 1)..]}' is no port");
            text = text[..colon];
        }

        return text.Length > 0 ? (text.Trim('[', ']'), port) : Fail<(string, int)>("a host is missing");
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static (string First, string? Second) Split(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);

    [DoesNotReturn]
    private static T Fail<T>(string why) => throw new FormatException($"{why}; {Form}");
}
