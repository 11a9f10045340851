namespace Onrush.FunctionalTests.Targets;

/// <summary>The bytes that each misbehaviour must send after one request, and how the connection stands afterwards.</summary>
internal static class HostileRows
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Chunked = Ok + "Transfer-Encoding: chunked\r\n\r\n";
    private const string AfterStart = "\r\nContent-Length: 2\r\n\r\nok";

    /// <summary>Name, bytes, end.</summary>
    public static readonly TheoryData<string, string, End> Exact = new()
    {
        { "close-after-request", "", End.Closed },
        { "close-mid-status-line", "HTTP/1.1 20", End.Closed },
        { "status-line-only", Ok, End.Closed },
        { "close-mid-head", Ok + "Content-Type: text/plain\r\nContent-Le", End.Closed },
        { "close-mid-body", Ok + "Content-Length: 1000\r\n\r\nonly some of it", End.Closed },
        { "close-mid-chunk", Chunked + "64\r\nonly some of it", End.Closed },
        { "reset-after-request", "", End.Reset },
        { "reset-mid-head", Ok + "Content-Type: text/plain\r\nContent-Le", End.Reset },
        { "reset-mid-body", Ok + "Content-Length: 1000\r\n\r\nonly some of it", End.Reset },
        { "reset-mid-chunk", Chunked + "64\r\nonly some of it", End.Reset },
        { "reset-after-response", Whole, End.Reset },
        { "close-after-response", Whole, End.Closed },
        { "close-when-idle", Whole, End.Closed },

        { "status-enormous", "HTTP/1.1 99999999999999999999 OK" + AfterStart, End.Open },
        { "status-of-four-digits", "HTTP/1.1 2000 OK" + AfterStart, End.Open },
        { "status-not-a-number", "HTTP/1.1 abc OK" + AfterStart, End.Open },
        { "status-negative", "HTTP/1.1 -200 OK" + AfterStart, End.Open },
        { "status-missing", "HTTP/1.1" + AfterStart, End.Open },
        { "version-unknown", "HTTP/9.9 200 OK" + AfterStart, End.Open },
        { "nul-in-status-line", "HTTP/1.1 \u0000200 OK" + AfterStart, End.Open },
        { "nul-in-header-name", Ok + "X-N\0ul: 1" + AfterStart, End.Open },
        { "nul-in-header-value", Ok + "X-Nul: a\0b" + AfterStart, End.Closed },
        { "header-without-colon", Ok + "this is no header" + AfterStart, End.Open },
        { "header-without-name", Ok + ": nameless" + AfterStart, End.Open },
        { "garbage", "\u0000\u0001\u00fe\u00ff\u0016\u0003garbage\u0000\u0000" + AfterStart, End.Open },
        { "another-protocol", "220 mail.invalid ESMTP ready" + AfterStart, End.Open },

        { "length-negative", Ok + "Content-Length: -5\r\n\r\nok", End.Open },
        { "length-with-sign", Ok + "Content-Length: +2\r\n\r\nok", End.Open },
        { "length-not-a-number", Ok + "Content-Length: two\r\n\r\nok", End.Open },
        { "length-hexadecimal", Ok + "Content-Length: 0x2\r\n\r\nok", End.Open },
        { "length-overflows", Ok + "Content-Length: 99999999999999999999\r\n\r\nok", End.Open },
        { "lengths-differ", Ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nok", End.Open },
        { "lengths-differ-in-list", Ok + "Content-Length: 2, 3\r\n\r\nok", End.Open },
        { "length-too-long-then-close", Ok + "Content-Length: 1000\r\n\r\nok", End.Closed },
        { "length-too-long-then-silence", Ok + "Content-Length: 1000\r\n\r\nok", End.Open },
        { "length-of-exabytes", Ok + "Content-Length: 9223372036854775807\r\n\r\nok", End.Open },

        { "chunk-size-not-hexadecimal", Chunked + "xyz\r\nok\r\n0\r\n\r\n", End.Open },
        { "chunk-size-negative", Chunked + "-2\r\nok\r\n0\r\n\r\n", End.Open },
        { "chunk-size-empty", Chunked + "\r\nok\r\n0\r\n\r\n", End.Open },
        { "chunk-size-overflows", Chunked + "FFFFFFFFFFFFFFFFFF\r\nok\r\n0\r\n\r\n", End.Open },
        { "chunk-longer-than-its-size", Chunked + "2\r\nok and more\r\n0\r\n\r\n", End.Open },
        { "chunk-huge", Chunked + "7FFFFFFFFFFFFFFF\r\nok", End.Open },
        { "last-chunk-missing-then-close", Chunked + "2\r\nok\r\n", End.Closed },
        { "last-chunk-missing-then-silence", Chunked + "2\r\nok\r\n", End.Open },
        { "transfer-coding-unknown", Ok + "Transfer-Encoding: zebra\r\n\r\nok", End.Open },

        { "answer-before-body", "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno", End.Closed },
        { "response-before-request", Whole, End.Open },
        { "switching-unasked", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", End.Open },

        { "never-answer", "", End.Open },
        { "byte-per-second", Whole, End.Closed },
    };

    /// <summary>Name, how it begins, what it then repeats without end.</summary>
    public static readonly TheoryData<string, string, string> Endless = new()
    {
        { "header-of-4-gb", Ok + "X-Large: ", "xxxx" },
        { "headers-without-end", Ok, "X-More: more\r\n" },
        { "status-line-without-end", "HTTP/1.1 200 ", "xxxx" },
        { "chunk-extension-without-end", Chunked + "2;x=", "xxxx" },
        { "trailers-without-end", Chunked + "2\r\nok\r\n0\r\n", "X-More: more\r\n" },
        { "interim-without-end", "", "HTTP/1.1 102 Processing\r\n\r\n" },
        { "body-byte-per-second", Ok + "\r\n", "x" },
        { "body-without-end", Ok + "\r\n", "xxxx" },
        { "chunks-without-end", Chunked, "10000\r\n" + new string('x', 0x10000) + "\r\n" },
    };

    /// <summary>Name and coding; every further request on the connection is answered in the same way.</summary>
    public static readonly TheoryData<string, string> Coded = new()
    {
        { "gzip-bad", "gzip" },
        { "gzip-cut", "gzip" },
        { "gzip-checksum-wrong", "gzip" },
        { "deflate-bad", "deflate" },
        { "br-bad", "br" },
        { "gzip-bomb", "gzip" },
        { "coding-unknown", "zebra" },
    };

    /// <summary>Those with a test method of their own.</summary>
    public static readonly string[] OneByOne =
    [
        "refuse", "never-accept", "close-on-accept", "reset-on-accept", "close-after-two", "headers-10000", "length-too-short", "two-responses",
        "tls-expired", "tls-wrong-host", "tls-self-signed", "tls-never", "tls-slow", "tls-garbage", "tls-is-plain-http", "tls-close-in-handshake",
        "tls-reset-in-handshake", "tls-close-mid-body",
    ];
}
