using System.Text;
using BenchmarkDotNet.Attributes;
using Onrush.Http.Wire;

namespace Onrush.MicroBench;

/// <summary>Reading one response, as a connection does it, from the loop's buffer.</summary>
public class ParserBenchmarks
{
    private readonly ResponseReader _reader = new(new KnownHeads());
    private readonly byte[] _small = Response("Content-Length: 35", new string('x', 35));
    private readonly byte[] _chunked = Response("Transfer-Encoding: chunked", "23\r\n" + new string('x', 35) + "\r\n0\r\n\r\n");
    private readonly byte[] _large = Response("Content-Length: 16384", new string('x', 16384));

    /// <summary>nginx, 35 bytes.</summary>
    [Benchmark]
    public bool Small() => Read(_small);

    /// <summary>The same in one chunk.</summary>
    [Benchmark]
    public bool Chunked() => Read(_chunked);

    /// <summary>16 KB that nobody wants.</summary>
    [Benchmark]
    public bool Large() => Read(_large);

    private bool Read(byte[] response)
    {
        ReadOnlySpan<byte> rest = response;
        _reader.Begin(headRequest: false, keepHead: false, keepBody: false);
        while (true)
        {
            var status = _reader.Read(rest, out var consumed);
            if (status != ReadStatus.Head)
                return status == ReadStatus.Complete ? _reader.KeepAlive : throw new InvalidOperationException($"{status}: {_reader.Error}");
            rest = rest[consumed..];
        }
    }

    private static byte[] Response(string framing, string body) => Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Sat, 28 Nov 2026 12:00:00 GMT\r\nContent-Type: application/json\r\nConnection: keep-alive\r\n"
        + framing + "\r\n\r\n" + body);
}
