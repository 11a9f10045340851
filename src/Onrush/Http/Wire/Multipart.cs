using System.Globalization;
using System.Text;

namespace Onrush.Http.Wire;

/// <summary>The parts of a multipart/form-data body and the boundary between them. Immutable.</summary>
internal sealed class Multipart
{
    private readonly Part[] _parts;
    private readonly string _boundary;

    /// <summary>Takes the parts in the order in which they are sent.</summary>
    /// <param name="parts">The parts.</param>
    public Multipart(ReadOnlySpan<Part> parts)
    {
        _parts = parts.ToArray();
        foreach (var part in _parts) ArgumentNullException.ThrowIfNull(part, nameof(parts));
        // Not from the seed of the run: it must not occur in any content, and says nothing to the target.
        _boundary = string.Create(CultureInfo.InvariantCulture,
            $"onrush-{Random.Shared.NextInt64():x16}{Random.Shared.NextInt64():x16}");
    }

    /// <summary>Media type with the boundary.</summary>
    public string ContentType => $"multipart/form-data; boundary={_boundary}";

    /// <summary>Whether a part is read from a stream.</summary>
    public bool HasStreams => Array.Exists(_parts, part => part.Content is not null);

    /// <summary>Whether all streams can seek, so that the body has a known length and can be sent again.</summary>
    public bool CanReplay => Array.TrueForAll(_parts, part => part.Content is null || part.Content.CanSeek);

    /// <summary>Writes the whole body; only without streams.</summary>
    /// <param name="writer">Gets the body.</param>
    public void WriteTo(RequestWriter writer)
    {
        foreach (var part in _parts)
        {
            writer.Write(Opening(part));
            writer.Write(part.Bytes.Span);
            writer.Write("\r\n"u8);
        }

        writer.Write(Closing);
    }

    /// <summary>The body as one stream that reads the parts one after the other.</summary>
    public SegmentStream Open()
    {
        var segments = new List<Segment>();
        foreach (var part in _parts)
        {
            segments.Add(new Segment(Encoding.UTF8.GetBytes(Opening(part)), null, 0));
            segments.Add(new Segment(part.Bytes, part.Content, part.ContentStart));
            segments.Add(new Segment("\r\n"u8.ToArray(), null, 0));
        }

        segments.Add(new Segment(Encoding.UTF8.GetBytes(Closing), null, 0));
        return new SegmentStream(segments);
    }

    private string Closing => $"--{_boundary}--\r\n";

    private string Opening(Part part) => $"--{_boundary}\r\n{part.Head}";
}
