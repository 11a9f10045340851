using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Onrush.Http.Wire;

namespace Onrush;

/// <summary>
/// The body of a request. Made with one of the methods below, or from a string (text/plain, UTF-8) or a byte array
/// (application/octet-stream). The default value is no body. Nothing is copied or converted before the request is sent,
/// except for <see cref="Form"/>.
/// </summary>
public readonly struct RequestBody
{
    private readonly Kind _kind;
    private readonly object? _value;
    private readonly object? _how;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _start;

    private RequestBody(Kind kind, string contentType, object? value = null, object? how = null, ReadOnlyMemory<byte> bytes = default, long start = 0)
    {
        if (contentType.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException($"the content type has a line break or NUL: {Printable.Quote(contentType)}", nameof(contentType));
        _kind = kind;
        ContentType = contentType;
        _value = value;
        _how = how;
        _bytes = bytes;
        _start = start;
    }

    private enum Kind : byte
    {
        None,
        Text,
        Bytes,
        Json,
        Multipart,
        Stream,
    }

    /// <summary>Media type; null without a body.</summary>
    internal string? ContentType { get; }

    /// <summary>Whether there is no body, which is not the same as one of no bytes.</summary>
    internal bool IsNone => _kind == Kind.None;

    /// <summary>Whether the body is read piece by piece with <see cref="OpenStream"/> instead of written by <see cref="WriteTo"/>.</summary>
    internal bool IsStream => _kind == Kind.Stream || (_kind == Kind.Multipart && ((Multipart)_value!).HasStreams);

    /// <summary>Whether the body can be sent a second time: all but streams that cannot seek.</summary>
    internal bool CanReplay => _kind switch
    {
        Kind.Stream => ((Stream)_value!).CanSeek,
        Kind.Multipart => ((Multipart)_value!).CanReplay,
        _ => true,
    };

    /// <summary>The value as JSON, as System.Text.Json writes it with its web defaults (camelCase names).</summary>
    /// <typeparam name="T">Declared type of the value; an <see cref="object"/> is written as what it is.</typeparam>
    /// <param name="value">The value; read when the request is sent.</param>
    public static RequestBody Json<T>(T value) => new(Kind.Json, "application/json", value, typeof(T));

    /// <summary>The value as JSON by source-generated code.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="value">The value; read when the request is sent.</param>
    /// <param name="typeInfo">From a JsonSerializerContext; its options apply.</param>
    public static RequestBody Json<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new RequestBody(Kind.Json, "application/json", value, typeInfo);
    }

    /// <summary>Text, sent as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="contentType">Media type.</param>
    /// <exception cref="ArgumentException">The content type has a line break or NUL.</exception>
    public static RequestBody Text(string text, string contentType = "text/plain; charset=utf-8")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(contentType);
        return new RequestBody(Kind.Text, contentType, text);
    }

    /// <summary>Bytes as they are.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    /// <param name="contentType">Media type.</param>
    /// <exception cref="ArgumentException">The content type has a line break or NUL.</exception>
    public static RequestBody Bytes(ReadOnlyMemory<byte> bytes, string contentType = "application/octet-stream")
    {
        ArgumentNullException.ThrowIfNull(contentType);
        return new RequestBody(Kind.Bytes, contentType, bytes: bytes);
    }

    /// <summary>The fields of a form as application/x-www-form-urlencoded, in their order.</summary>
    /// <param name="fields">Names and values.</param>
    public static RequestBody Form(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var writer = new RequestWriter();
        foreach (var (name, value) in fields)
        {
            if (writer.Length > 0) writer.WriteByte((byte)'&');
            UrlEncoding.WriteForm(writer, name);
            writer.WriteByte((byte)'=');
            UrlEncoding.WriteForm(writer, value);
        }

        return new RequestBody(Kind.Bytes, "application/x-www-form-urlencoded", bytes: writer.WrittenMemory);
    }

    /// <summary>Fields and files as multipart/form-data, in their order.</summary>
    /// <param name="parts">From <see cref="Part.Field"/> and Part.File.</param>
    public static RequestBody Multipart(params ReadOnlySpan<Part> parts)
    {
        var multipart = new Multipart(parts);
        return new RequestBody(Kind.Multipart, multipart.ContentType, multipart);
    }

    /// <summary>What is read from a stream while the request is sent; in chunks when the stream cannot tell its length.</summary>
    /// <param name="stream">Read from where it stands now to its end; never closed. When it can seek, redirects can send it again.</param>
    /// <param name="contentType">Media type.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the content type has a line break or NUL.</exception>
    public static RequestBody Stream(Stream stream, string contentType = "application/octet-stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(contentType);
        if (!stream.CanRead) throw new ArgumentException("the stream cannot be read", nameof(stream));
        return new RequestBody(Kind.Stream, contentType, stream, start: stream.CanSeek ? stream.Position : 0);
    }

    /// <summary>Text as text/plain.</summary>
    /// <param name="text">The text; null is no body.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Text is the named way.")]
    public static implicit operator RequestBody(string? text) => text is null ? default : Text(text);

    /// <summary>Bytes as application/octet-stream.</summary>
    /// <param name="bytes">The bytes; null is no body.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Bytes is the named way.")]
    public static implicit operator RequestBody(byte[]? bytes) => bytes is null ? default : Bytes(bytes);

    /// <summary>
    /// Ends the head of a request with what the body needs and writes the body behind it, unless it is a stream: then the caller goes on with
    /// <see cref="OpenStream"/>.
    /// </summary>
    /// <param name="writer">Holds the head so far, without the empty line at its end.</param>
    /// <param name="emptyLength">Without a body, whether to say so by a length of 0, as POST, PUT and PATCH do.</param>
    /// <param name="contentTypeGiven">The load test has set a Content-Type of its own.</param>
    /// <param name="streamLength">Length of a stream from <see cref="OpenStream"/>, in bytes; -1 sends chunks.</param>
    internal void EndHead(RequestWriter writer, bool emptyLength, bool contentTypeGiven, long streamLength = -1)
    {
        if (_kind == Kind.None)
        {
            if (emptyLength) writer.WriteContentLength(0);
            writer.Write("\r\n"u8);
            return;
        }

        if (!contentTypeGiven)
        {
            writer.Write("Content-Type: "u8);
            writer.Write(ContentType);
            writer.Write("\r\n"u8);
        }

        long length = _kind switch
        {
            Kind.Bytes => _bytes.Length,
            Kind.Text => Encoding.UTF8.GetByteCount((string)_value!),
            _ => streamLength,
        };
        if (length < 0 && !IsStream)
        {
            int start = writer.Length;
            WriteTo(writer);
            writer.InsertContentLength(start);
            return;
        }

        if (length >= 0) writer.WriteContentLength(length);
        else writer.Write("Transfer-Encoding: chunked\r\n"u8);
        writer.Write("\r\n"u8);
        if (!IsStream) WriteTo(writer);
    }

    /// <summary>Writes the bytes of a body that is not a stream.</summary>
    /// <param name="writer">Gets the bytes.</param>
    internal void WriteTo(RequestWriter writer)
    {
        switch (_kind)
        {
            case Kind.Text: writer.Write((string)_value!); break;
            case Kind.Bytes: writer.Write(_bytes.Span); break;
            case Kind.Json: JsonBody.WriteTo(writer, _value, _how!); break;
            case Kind.Multipart: ((Multipart)_value!).WriteTo(writer); break;
            case Kind.Stream: throw new InvalidOperationException("A stream is read with OpenStream.");
        }
    }

    /// <summary>The content of a body that is a stream, from its start. Not to be closed: it is the load test's.</summary>
    /// <param name="length">Its length in bytes; -1 when it is not known before the end.</param>
    internal Stream OpenStream(out long length)
    {
        if (_kind == Kind.Multipart)
        {
            var segments = ((Multipart)_value!).Open();
            length = CanReplay ? segments.Length : -1;
            return segments;
        }

        var stream = (Stream)_value!;
        length = -1;
        if (!stream.CanSeek) return stream;
        stream.Position = _start;
        length = Math.Max(0, stream.Length - _start);
        return stream;
    }
}
