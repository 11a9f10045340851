using System.Text;

namespace Onrush.Tests.Http.Wire;

/// <summary>Messages to start mutations from: good ones, bad ones, and ones at the edge.</summary>
internal static class ResponseCorpus
{
    public static readonly byte[][] Messages = [.. new[]
    {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Mon, 02 Nov 2026 10:00:00 GMT\r\nContent-Type: application/json\r\n"
            + "Content-Length: 35\r\nConnection: keep-alive\r\nETag: \"6543-1f\"\r\nAccept-Ranges: bytes\r\n\r\n{\"message\":\"hello\",\"ms\":50,\"ok\":1}",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Mon, 02 Nov 2026 10:00:00 GMT\r\nServer: Kestrel\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;name=\"value\"\r\n world\r\n000\r\nX-Sum: 1\r\n y\r\n\r\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n1\nd\n0\n\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.0 200 OK\r\n\r\nuntil the end",
        "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nConnection: upgrade, close ,keep-alive\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /next\r\nSet-Cookie: a=b; Path=/; HttpOnly\r\nSet-Cookie: c=d\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\0",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Encoding: deflate\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Folded: one\r\n two\r\n\tthree\r\nContent-Length:\r\n 2\r\n\r\nok",
        "HTTP/1.1 200 OK\nX: a\r\nY: b\n c\r\n d\nContent-Length: 2\r\n\nok",
        "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "\n\n\n\n\n\n\n\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 500 Internal Server Error \xe4\xf6\r\nContent-Length : 2 \r\nEmpty:\r\n\r\nno",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbad\0name: 1\r\n\r\n",
        "HTTP/2 200\r\ncontent-length: 2\r\n\r\nok",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
        "\x15\x03\x03\0\x02\x02\x50",
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
        "HTTP/1.1 200 " + new string('r', 100) + "\r\nX-Long: " + new string('v', 600) + "\r\nContent-Length: 300\r\n\r\n" + new string('b', 300),
        "",
    }.Select(Encoding.Latin1.GetBytes)];

    /// <summary>Pieces that mean something to a parser, for insertion.</summary>
    public static readonly byte[][] Tokens = [.. new[]
    {
        "\r\n", "\n", "\r", "\r\n\r\n", "\n\n", " ", "\t", ":", ",", ";", "\0", "\x7f", "\xff", "0", "1", "9", "f", "-", "=",
        "HTTP/1.1 200 OK\r\n", "HTTP/1.0 ", "HTTP/1.1 100 Continue\r\n\r\n", "\r\nContent-Length: 1\r\n", "\r\nTransfer-Encoding: chunked\r\n",
        "\r\nConnection: close\r\n", "\r\n folded", "0\r\n\r\n", "ffffffff", "99999999999999999999", "chunked", "identity", "Set-Cookie: a=b\r\n",
    }.Select(Encoding.Latin1.GetBytes)];
}
