using System.Text;
using Onrush.Testing.Targets.Net;

namespace Onrush.Testing.Targets.Counting;

/// <summary>How the end of a body is told.</summary>
internal enum Framing
{
    /// <summary>Content-Length.</summary>
    Length,

    /// <summary>Chunks.</summary>
    Chunked,

    /// <summary>The end of the connection.</summary>
    Close,

    /// <summary>No body and no header about it, as 204 and 304 have it.</summary>
    None,
}

/// <summary>An honest response, before it is written down.</summary>
internal sealed record Answer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public Framing Framing { get; init; } = Framing.Length;

    public string Version { get; init; } = "HTTP/1.1";

    public string LineEnd { get; init; } = "\r\n";

    /// <summary>Bytes per chunk.</summary>
    public int ChunkSize { get; init; } = 1024;

    /// <summary>Written after every chunk size.</summary>
    public string ChunkExtension { get; init; } = "";

    /// <summary>Header lines after the last chunk.</summary>
    public (string Name, string Value)[] Trailers { get; init; } = [];

    /// <summary>Interim responses sent before this one.</summary>
    public string Interim { get; init; } = "";

    /// <summary>Waiting before the first byte.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes per write; 0 writes all at once.</summary>
    public int Piece { get; init; }

    /// <summary>Waiting between two writes.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Whether the same request always gets the same bytes at once.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether the connection stays open, as far as the answer has a say.</summary>
    public bool KeepsAlive => Framing != Framing.Close
        && !Headers.Any(header => header is { Name: "Connection", Value: "close" })
        && (Version == "HTTP/1.1" || Headers.Any(header => header is { Name: "Connection", Value: "keep-alive" }));

    public static Answer Text(string body, int status = 200) => new(status, Encoding.UTF8.GetBytes(body), ("Content-Type", "text/plain"));

    /// <summary>The bytes on the wire for this request.</summary>
    public byte[] Write(ReceivedRequest request)
    {
        var head = new StringBuilder(256);
        head.Append(Interim).Append(Version).Append(' ').Append(Status).Append(' ').Append(Reason(Status)).Append(LineEnd);
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append(LineEnd);
        if (Framing == Framing.Length)
            head.Append("Content-Length: ").Append(Body.Length).Append(LineEnd);
        else if (Framing == Framing.Chunked)
            head.Append("Transfer-Encoding: chunked").Append(LineEnd);
        head.Append(LineEnd);

        var wire = new MemoryStream(head.Length + Body.Length);
        wire.Write(Encoding.Latin1.GetBytes(head.ToString()));
        if (request.Method != "HEAD" && Framing != Framing.None)
        {
            if (Framing == Framing.Chunked)
                WriteChunks(wire);
            else
                wire.Write(Body);
        }
        return wire.ToArray();
    }

    private void WriteChunks(MemoryStream wire)
    {
        foreach (var chunk in Body.Chunk(Math.Max(1, ChunkSize)))
        {
            wire.Write(Encoding.Latin1.GetBytes($"{chunk.Length:x}{ChunkExtension}\r\n"));
            wire.Write(chunk);
            wire.Write("\r\n"u8);
        }
        wire.Write(Encoding.Latin1.GetBytes($"0{ChunkExtension}\r\n"));
        foreach (var (name, value) in Trailers)
            wire.Write(Encoding.Latin1.GetBytes($"{name}: {value}\r\n"));
        wire.Write("\r\n"u8);
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        401 => "Unauthorized",
        404 => "Not Found",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
