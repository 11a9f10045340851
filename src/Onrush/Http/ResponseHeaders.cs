using System.Text;
using Onrush.Http.Wire;

namespace Onrush;

/// <summary>Headers of a kept response. Names are compared without regard to case.</summary>
public readonly struct ResponseHeaders
{
    private readonly ReadOnlyMemory<byte> _head;

    internal ResponseHeaders(ReadOnlyMemory<byte> head) => _head = head;

    /// <summary>First value of the header, null when it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (headerName, value) in All())
            {
                if (headerName.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return value;
            }

            return null;
        }
    }

    /// <summary>Whether the header is there.</summary>
    public bool Contains(string name) => this[name] is not null;

    /// <summary>Every value of the header, in order.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [.. All().Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    /// <summary>All headers in order.</summary>
    public IReadOnlyList<Header> All()
    {
        var list = new List<Header>();
        var reader = new HeaderReader(_head.Span);
        while (reader.MoveNext())
            list.Add(new Header(Encoding.ASCII.GetString(reader.Name), Encoding.UTF8.GetString(reader.Value)));
        return list;
    }
}
