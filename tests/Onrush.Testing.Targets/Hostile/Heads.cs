namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that cannot write a head.</summary>
internal static class Heads
{
    private static readonly string Block = new('x', 64 * 1024);

    public static readonly Misbehaviour[] All =
    [
        new("header-of-4-gb", "Sends one header value of 4 GiB.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nX-Large: ");
            await c.SendForeverAsync(Block, (4L << 30) / Block.Length);
            await c.SendAsync("\r\nContent-Length: 2\r\n\r\nok");
        }),
        new("headers-10000", "Sends 10,000 header lines.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: {i}\r\n")) + "\r\nok");
        }),
        new("headers-without-end", "Sends header lines for ever.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\n");
            await c.SendForeverAsync(string.Concat(Enumerable.Repeat("X-More: more\r\n", 1000)));
        }),
        new("status-line-without-end", "Sends a reason phrase for ever.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 ");
            await c.SendForeverAsync(Block);
        }),
        Bad("status-enormous", "The status has twenty digits.", "HTTP/1.1 99999999999999999999 OK"),
        Bad("status-of-four-digits", "The status is 2000.", "HTTP/1.1 2000 OK"),
        Bad("status-not-a-number", "The status is letters.", "HTTP/1.1 abc OK"),
        Bad("status-negative", "The status is -200.", "HTTP/1.1 -200 OK"),
        Bad("status-missing", "There is no status.", "HTTP/1.1"),
        Bad("version-unknown", "Claims to speak HTTP/9.9.", "HTTP/9.9 200 OK"),
        Bad("nul-in-status-line", "A NUL byte stands in front of the status.", "HTTP/1.1 \0200 OK"),
        Bad("nul-in-header-name", "A NUL byte stands in a header name.", "HTTP/1.1 200 OK\r\nX-N\0ul: 1"),
        new("nul-in-header-value", "A NUL byte stands in a header value.", Endings.Protocol | Endings.Success, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 2\r\n\r\nok");
        }),
        Bad("header-without-colon", "A header line has no colon.", "HTTP/1.1 200 OK\r\nthis is no header"),
        Bad("header-without-name", "A header line begins with the colon.", "HTTP/1.1 200 OK\r\n: nameless"),
        Bad("garbage", "Sends bytes that are no HTTP at all, zeros among them.", "\u0000\u0001\u00fe\u00ff\u0016\u0003garbage\u0000\u0000"),
        Bad("another-protocol", "Greets as a mail server does.", "220 mail.invalid ESMTP ready"),
    ];

    private static Misbehaviour Bad(string name, string does, string start) => new(name, does, Endings.Protocol, async c =>
    {
        await c.RequestAsync();
        await c.SendAsync(start + "\r\nContent-Length: 2\r\n\r\nok");
        await c.HangAsync();
    });
}
