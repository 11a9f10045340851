using System.Text;

namespace Onrush;

/// <summary>One part of a multipart/form-data body; see <see cref="RequestBody.Multipart"/>. Immutable; can be used many times.</summary>
public sealed class Part
{
    private readonly string _head;

    private Part(string name, string? fileName, string? contentType)
    {
        if (contentType is not null && contentType.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException($"the content type of part {name} has a line break or NUL", nameof(contentType));
        var head = new StringBuilder("Content-Disposition: form-data; name=\"").Append(Escape(name)).Append('"');
        if (fileName is not null) head.Append("; filename=\"").Append(Escape(fileName)).Append('"');
        if (contentType is not null) head.Append("\r\nContent-Type: ").Append(contentType);
        _head = head.Append("\r\n\r\n").ToString();
    }

    /// <summary>The header lines of the part and the empty line behind them.</summary>
    internal string Head => _head;

    /// <summary>The content, where it is not a stream.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>The content, where it is a stream.</summary>
    internal Stream? Content { get; private init; }

    /// <summary>Where in a seekable stream the content begins.</summary>
    internal long ContentStart { get; private init; }

    /// <summary>A plain field.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="value">Its text; sent as UTF-8.</param>
    public static Part Field(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return new Part(name, null, null) { Bytes = Encoding.UTF8.GetBytes(value) };
    }

    /// <summary>A file whose content is in memory.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="fileName">Name of the file as the target sees it.</param>
    /// <param name="content">The content; not copied.</param>
    /// <param name="contentType">Media type.</param>
    /// <exception cref="ArgumentException">The content type has a line break or NUL.</exception>
    public static Part File(string name, string fileName, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(contentType);
        return new Part(name, fileName, contentType) { Bytes = content };
    }

    /// <summary>A file whose content is read from a stream while the request is sent.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="fileName">Name of the file as the target sees it.</param>
    /// <param name="content">Read from where it stands now to its end; never closed. When it can seek, the part can be sent again.</param>
    /// <param name="contentType">Media type.</param>
    /// <exception cref="ArgumentException">The content type has a line break or NUL, or the stream cannot be read.</exception>
    public static Part File(string name, string fileName, Stream content, string contentType = "application/octet-stream")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(contentType);
        if (!content.CanRead) throw new ArgumentException($"the stream of part {name} cannot be read", nameof(content));
        return new Part(name, fileName, contentType) { Content = content, ContentStart = content.CanSeek ? content.Position : 0 };
    }

    // As browsers do it: only what would end the quoted text or the line is encoded.
    private static string Escape(string text) => text.AsSpan().ContainsAny('"', '\r', '\n')
        ? text.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal)
        : text;
}
