namespace Onrush.Http.Wire;

/// <summary>One resolved URL: where to connect and what to ask for. Made without allocation for a path below the base.</summary>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Prefix">Comes before <paramref name="Path"/> on the request line: the path of the base, or empty.</param>
/// <param name="Path">Rest of the path and the query as the load test wrote them: not encoded yet, no fragment.</param>
/// <param name="Credentials">From the URL or, for a path, from the base; null when there are none.</param>
internal readonly record struct Target(Origin Origin, string Prefix, ReadOnlyMemory<char> Path, Credentials? Credentials)
{
    /// <summary>Path and query; always begins with a slash.</summary>
    public string PathAndQuery => string.Concat(Prefix, Path.Span);

    /// <summary>The whole URL, without credentials.</summary>
    public override string ToString() => string.Concat(Origin.ToString(), Prefix, Path.Span);
}
