using System.Globalization;
using System.IO.Compression;
using System.Text;
using Onrush.Testing.Targets.Net;

namespace Onrush.Testing.Targets.Counting;

/// <summary>
/// The paths of the honest server. Numbers after a path are path segments, the rest are query parameters:
/// <list type="bullet">
/// <item><c>/echo</c> head and body as received; <c>/echo/body</c> the body with its own content type</item>
/// <item><c>/cookies/set?name=value</c> (and <c>cookie-path</c>, <c>max-age</c>), <c>/cookies</c> the Cookie header, <c>/cookies/clear?name</c></item>
/// <item><c>/redirect/N</c> N hops; <c>/redirect/loop</c>; <c>/redirect/relative</c>; <c>/redirect/port/P</c> to another server;
/// <c>/redirect/to?url=</c>; each with <c>?status=</c></item>
/// <item><c>/auth/basic?user=&amp;password=</c>, <c>/auth/bearer?token=</c></item>
/// <item><c>/encoded/gzip</c>, <c>deflate</c> (zlib), <c>raw-deflate</c>, <c>br</c>, with <c>?size=</c></item>
/// <item><c>/chunked?size=&amp;chunk=&amp;extension=&amp;trailers=</c></item>
/// <item><c>/status/N</c>; 204 and 304 have no body, 304 names the length of what it leaves out</item>
/// <item><c>/interim/N</c> N times 1xx (<c>?status=103</c>) before the answer</item>
/// <item><c>/close</c> body until close; <c>/http10</c> and <c>/http10/keep-alive</c>; <c>/bare-lf</c>; <c>/folded</c> a header over two lines</item>
/// <item><c>/drip?size=&amp;piece=&amp;pause=</c> in pieces, milliseconds apart</item>
/// <item>anything else: <c>?size=&amp;status=</c></item>
/// </list>
/// </summary>
internal sealed class HonestPaths(CountingServerOptions options)
{
    public Answer Answer(ReceivedRequest request)
    {
        var answer = Route(request);
        var delay = request.Query("ms", 0);
        return delay > 0 ? answer with { Delay = TimeSpan.FromMilliseconds(delay), Repeatable = false } : answer;
    }

    /// <summary>A body whose every byte is known: the letters a to z, over and over.</summary>
    public static byte[] Filled(int size)
    {
        var body = new byte[size];
        for (var i = 0; i < body.Length; i++)
            body[i] = (byte)('a' + i % 26);
        return body;
    }

    private Answer Route(ReceivedRequest request)
    {
        var segments = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments switch
        {
            ["echo"] => new Answer(200, [.. request.Head, .. request.Body], ("Content-Type", "message/http")),
            ["echo", "body"] => new Answer(200, request.Body, ("Content-Type", request.Header("Content-Type") ?? "application/octet-stream")),
            ["cookies"] => Counting.Answer.Text(request.Header("Cookie") ?? ""),
            ["cookies", "set"] => SetCookies(request),
            ["cookies", "clear"] => new Answer(200, [], [.. request.QueryParameters.Keys.Select(
                name => ("Set-Cookie", $"{name}=; Path=/; Max-Age=0"))]),
            ["redirect", .. var how] => Redirect(request, how),
            ["auth", var scheme] => Authorize(request, scheme),
            ["encoded", var coding] => Encode(coding, Filled(request.Query("size", 1000))),
            ["chunked"] => new Answer(200, Filled(request.Query("size", 1000)))
            {
                Framing = Framing.Chunked,
                ChunkSize = request.Query("chunk", 100),
                ChunkExtension = request.Query("extension") is { } extension ? ";" + extension : "",
                Trailers = request.Query("trailers", 0) > 0 ? [("X-Trailer", "at the end")] : [],
            },
            ["status", var status] => WithStatus(int.Parse(status, CultureInfo.InvariantCulture)),
            ["interim", var count] => Counting.Answer.Text("after the interim") with
            {
                Interim = string.Concat(Enumerable.Repeat(
                    $"HTTP/1.1 {request.Query("status", 103)} Interim\r\nLink: </style.css>\r\n\r\n", int.Parse(count, CultureInfo.InvariantCulture))),
            },
            ["close"] => new Answer(200, Filled(request.Query("size", 1000))) { Framing = Framing.Close },
            ["http10"] => new Answer(200, Filled(request.Query("size", 100))) { Version = "HTTP/1.0" },
            ["http10", "keep-alive"] => new Answer(200, Filled(request.Query("size", 100)), ("Connection", "keep-alive")) { Version = "HTTP/1.0" },
            ["bare-lf"] => Counting.Answer.Text("bare line feeds") with { LineEnd = "\n" },
            ["folded"] => new Answer(200, Filled(10), ("X-Folded", "one\r\n two")),
            ["drip"] => new Answer(200, Filled(request.Query("size", 100)))
            {
                Piece = Math.Max(1, request.Query("piece", 10)),
                Pause = TimeSpan.FromMilliseconds(request.Query("pause", 1)),
            },
            _ => new Answer(request.Query("status", options.Status), Filled(request.Query("size", options.BodySize)), ("Content-Type", "text/plain"))
            {
                Delay = options.Delay,
                Repeatable = options.Delay == TimeSpan.Zero,
            },
        };
    }

    private static Answer SetCookies(ReceivedRequest request)
    {
        var path = request.Query("cookie-path") ?? "/";
        var age = request.Query("max-age") is { } seconds ? $"; Max-Age={seconds}" : "";
        return new Answer(200, [], [.. request.QueryParameters
            .Where(parameter => parameter.Key is not ("cookie-path" or "max-age"))
            .Select(parameter => ("Set-Cookie", $"{parameter.Key}={parameter.Value}; Path={path}{age}"))]);
    }

    private static Answer Redirect(ReceivedRequest request, string[] how)
    {
        var location = how switch
        {
            ["loop"] => "/redirect/loop",
            ["relative"] => "landing?from=relative",
            ["port", var port] => $"http://127.0.0.1:{port}/landing",
            ["to"] => request.Query("url"),
            [var hops] when int.TryParse(hops, out var left) => left <= 0 ? null : $"/redirect/{left - 1}",
            _ => null,
        };
        return location is null
            ? Counting.Answer.Text("landed")
            : new Answer(request.Query("status", 302), "moved"u8.ToArray(), ("Location", location));
    }

    private static Answer Authorize(ReceivedRequest request, string scheme)
    {
        var (wanted, challenge) = scheme == "bearer"
            ? ($"Bearer {request.Query("token") ?? "token"}", "Bearer")
            : ("Basic " + Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{request.Query("user") ?? "user"}:{request.Query("password") ?? "password"}")), "Basic realm=\"test\"");
        return request.Header("Authorization") == wanted
            ? Counting.Answer.Text("welcome")
            : new Answer(401, "who are you"u8.ToArray(), ("WWW-Authenticate", challenge));
    }

    private static Answer Encode(string coding, byte[] body)
    {
        var packed = new MemoryStream();
        using (Stream packer = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "raw-deflate" => new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => throw new ArgumentException($"no coding named {coding}", nameof(coding)),
        })
            packer.Write(body);
        return new Answer(200, packed.ToArray(), ("Content-Encoding", coding == "raw-deflate" ? "deflate" : coding));
    }

    private static Answer WithStatus(int status) => status switch
    {
        204 => new Answer(204, []) { Framing = Framing.None },
        304 => new Answer(304, [], ("ETag", "\"1\""), ("Content-Length", "1000")) { Framing = Framing.None },
        _ => Counting.Answer.Text($"status {status}", status),
    };
}
