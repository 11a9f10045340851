using System.Text;

namespace Onrush.Testing.Targets.Net;

/// <summary>One request as it came in.</summary>
public sealed class ReceivedRequest
{
    private Dictionary<string, string>? _query;

    private ReceivedRequest(byte[] head, string method, string target, string version, List<KeyValuePair<string, string>> headers)
    {
        Head = head;
        Method = method;
        Target = target;
        Version = version;
        Headers = headers;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
    }

    /// <summary>Request line and headers, byte for byte, with the empty line.</summary>
    public byte[] Head { get; }

    /// <summary>For instance GET.</summary>
    public string Method { get; }

    /// <summary>Path and query as sent.</summary>
    public string Target { get; }

    /// <summary>The target without the query.</summary>
    public string Path { get; }

    /// <summary>For instance HTTP/1.1.</summary>
    public string Version { get; }

    /// <summary>In the order and spelling of the client.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, chunks joined.</summary>
    public byte[] Body { get; internal set; } = [];

    /// <summary>Whether the client lets the connection stay open.</summary>
    public bool KeepAlive => Version == "HTTP/1.0"
        ? string.Equals(Header("Connection"), "keep-alive", StringComparison.OrdinalIgnoreCase)
        : !string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of the first header of that name, or null.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        return null;
    }

    /// <summary>The value of a query parameter, or null.</summary>
    public string? Query(string name) => (_query ??= ParseQuery()).GetValueOrDefault(name);

    /// <summary>The value of a query parameter as a number, or the default.</summary>
    public int Query(string name, int otherwise) => int.TryParse(Query(name), out var value) ? value : otherwise;

    /// <summary>All query parameters, decoded.</summary>
    public IReadOnlyDictionary<string, string> QueryParameters => _query ??= ParseQuery();

    /// <summary>Reads a head; null when it is none.</summary>
    internal static ReceivedRequest? Parse(byte[] head)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0].Split(' ') is not [var method, var target, var version])
            return null;
        var headers = new List<KeyValuePair<string, string>>(lines.Length - 1);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                return null;
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }
        return new ReceivedRequest(head, method, target, version, headers);
    }

    private Dictionary<string, string> ParseQuery()
    {
        var result = new Dictionary<string, string>();
        if (Path.Length == Target.Length)
            return result;
        foreach (var pair in Target[(Path.Length + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            result[Uri.UnescapeDataString(name)] = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
        }
        return result;
    }
}
