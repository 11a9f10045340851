namespace Onrush.Http.Wire;

/// <summary>One cookie of a jar. Immutable.</summary>
internal sealed class Cookie
{
    /// <summary>"name=value", as it goes on the wire.</summary>
    public required byte[] Pair { get; init; }

    /// <summary>Length in bytes of the name.</summary>
    public required int NameLength { get; init; }

    /// <summary>Host or domain in lower case; null goes to every host (set by the load test).</summary>
    public required string? Domain { get; init; }

    /// <summary>Whether only that very host gets it, and no host below it.</summary>
    public required bool HostOnly { get; init; }

    /// <summary>Path prefix.</summary>
    public required string Path { get; init; }

    /// <summary>Only over TLS.</summary>
    public required bool Secure { get; init; }

    /// <summary>When it ends, in seconds since 1970; <see cref="long.MaxValue"/> for the life of the session.</summary>
    public required long Expires { get; init; }

    /// <summary>Order of creation within the jar.</summary>
    public required long Sequence { get; init; }

    /// <summary>The name.</summary>
    public ReadOnlySpan<byte> Name => Pair.AsSpan(0, NameLength);

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value => Pair.AsSpan(NameLength + 1);

    /// <summary>Whether <paramref name="other"/> takes the place of this cookie.</summary>
    /// <param name="other">A cookie that is being stored.</param>
    public bool HasKeyOf(Cookie other) =>
        Name.SequenceEqual(other.Name) && string.Equals(Domain, other.Domain, StringComparison.Ordinal)
        && string.Equals(Path, other.Path, StringComparison.Ordinal);

    /// <summary>Whether a request to <paramref name="target"/> carries the cookie.</summary>
    /// <param name="target">What is asked for.</param>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    public bool Matches(in Target target, long nowUnixSeconds) =>
        Expires > nowUnixSeconds && (!Secure || target.Origin.IsHttps) && MatchesHost(target.Origin.Host)
        && CookieRules.PathMatches(Path, target.Prefix, target.Path.Span);

    private bool MatchesHost(string host)
    {
        if (Domain is null) return true;
        return HostOnly ? string.Equals(Domain, host, StringComparison.Ordinal) : CookieRules.DomainMatches(host, Domain);
    }
}
