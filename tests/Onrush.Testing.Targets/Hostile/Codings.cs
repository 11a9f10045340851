using System.IO.Compression;
using System.Text;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers whose compressed bodies are not. A client that does not look at the body may call them successes.</summary>
internal static class Codings
{
    public static readonly Misbehaviour[] All =
    [
        Coded("gzip-bad", "The body is called gzip and is not.", "gzip", "this is no gzip"u8.ToArray()),
        Coded("gzip-cut", "The gzip body ends in its middle.", "gzip", Gzip(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500))))[..^40]),
        Coded("gzip-checksum-wrong", "The gzip body has a wrong checksum.", "gzip", WrongChecksum()),
        Coded("deflate-bad", "The body is called deflate and is not.", "deflate", "this is no deflate"u8.ToArray()),
        Coded("br-bad", "The body is called br and is not.", "br", "this is no brotli"u8.ToArray()),
        // One member of a megabyte of zeros is a kilobyte; a thousand members in a row are one legal gzip body of a gigabyte.
        Coded("gzip-bomb", "A megabyte of gzip becomes a gigabyte.", "gzip",
            [.. Enumerable.Repeat(Gzip(new byte[1 << 20]), 1024).SelectMany(member => member)]),
        Coded("coding-unknown", "The body has a coding that nobody knows.", "zebra", "stripes"u8.ToArray()),
    ];

    private static byte[] WrongChecksum()
    {
        var packed = Gzip("a body with a wrong checksum"u8.ToArray());
        packed[^8] ^= 0xff;
        return packed;
    }

    private static byte[] Gzip(byte[] body)
    {
        var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.SmallestSize))
            packer.Write(body);
        return packed.ToArray();
    }

    private static Misbehaviour Coded(string name, string does, string coding, byte[] body) =>
        new(name, does, Endings.Success | Endings.Protocol, async c =>
        {
            while (true)
            {
                await c.RequestAsync();
                await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n");
                await c.SendAsync(body);
            }
        });
}
