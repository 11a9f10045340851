namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that cannot count chunks.</summary>
internal static class Chunks
{
    private const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static readonly Misbehaviour[] All =
    [
        Bad("chunk-size-not-hexadecimal", "The size of a chunk is letters.", "xyz\r\nok\r\n0\r\n\r\n"),
        Bad("chunk-size-negative", "The size of a chunk is -2.", "-2\r\nok\r\n0\r\n\r\n"),
        Bad("chunk-size-empty", "The size of a chunk is missing.", "\r\nok\r\n0\r\n\r\n"),
        Bad("chunk-size-overflows", "The size of a chunk does not fit into 64 bits.", "FFFFFFFFFFFFFFFFFF\r\nok\r\n0\r\n\r\n"),
        Bad("chunk-longer-than-its-size", "A chunk goes on after its size.", "2\r\nok and more\r\n0\r\n\r\n"),
        new("chunk-huge", "Promises a chunk of eight exabytes, sends 2 bytes, and stays.", Endings.ReadTimeout | Endings.Protocol,
            c => HangAfterAsync(c, "7FFFFFFFFFFFFFFF\r\nok")),
        new("last-chunk-missing-then-close", "Closes without the last chunk.", Endings.Reset, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(Head + "2\r\nok\r\n");
        }),
        new("last-chunk-missing-then-silence", "Never sends the last chunk, and stays.", Endings.ReadTimeout, c => HangAfterAsync(c, "2\r\nok\r\n")),
        new("chunk-extension-without-end", "Sends a chunk extension for ever.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(Head + "2;x=");
            await c.SendForeverAsync(new string('x', 64 * 1024));
        }),
        new("trailers-without-end", "Sends trailers for ever.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(Head + "2\r\nok\r\n0\r\n");
            await c.SendForeverAsync(string.Concat(Enumerable.Repeat("X-More: more\r\n", 1000)));
        }),
        new("transfer-coding-unknown", "Uses a transfer coding that nobody knows.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: zebra\r\n\r\nok");
            await c.HangAsync();
        }),
    ];

    private static Misbehaviour Bad(string name, string does, string body) => new(name, does, Endings.Protocol, c => HangAfterAsync(c, body));

    private static async Task HangAfterAsync(HostileConnection c, string body)
    {
        await c.RequestAsync();
        await c.SendAsync(Head + body);
        await c.HangAsync();
    }
}
