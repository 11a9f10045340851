using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Http.Client;

/// <summary>
/// The <see cref="Uri"/> of paths as they go out: making one costs more than sending it. Bounded; belongs to one loop.
/// </summary>
internal sealed class UriCache
{
    private const int MaxUris = 1024;
    private const int MaxPath = 256;

    // What the writer has encoded goes out as it is, not once more as the runtime would like it.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly Dictionary<Origin, Dictionary<string, Uri>> _uris = [];
    private int _count;

    /// <summary>The URI of a path below an origin.</summary>
    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="path">Path and query in ASCII, as they stand on the request line.</param>
    /// <exception cref="UriFormatException">The runtime takes no such host.</exception>
    public Uri Get(Origin origin, ReadOnlySpan<byte> path)
    {
        if (path.Length > MaxPath)
            return Make(origin, Encoding.ASCII.GetString(path));
        if (!_uris.TryGetValue(origin, out var paths))
            _uris.Add(origin, paths = new Dictionary<string, Uri>(StringComparer.Ordinal));

        Span<char> chars = stackalloc char[path.Length];
        Encoding.ASCII.GetChars(path, chars);
        var lookup = paths.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(chars, out var uri))
            return uri;

        uri = Make(origin, chars.ToString());
        if (++_count > MaxUris)
        {
            _uris.Clear();
            _count = 0;
        }
        else
        {
            lookup[chars] = uri;
        }

        return uri;
    }

    private static Uri Make(Origin origin, string path) => new(string.Concat(origin.ToString(), path), AsWritten);
}
