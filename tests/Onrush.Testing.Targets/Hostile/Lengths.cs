namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that cannot say how long a body is.</summary>
internal static class Lengths
{
    public static readonly Misbehaviour[] All =
    [
        Bad("length-negative", "The length is -5.", "Content-Length: -5"),
        Bad("length-with-sign", "The length is +2.", "Content-Length: +2"),
        Bad("length-not-a-number", "The length is letters.", "Content-Length: two"),
        Bad("length-hexadecimal", "The length is 0x2.", "Content-Length: 0x2"),
        Bad("length-overflows", "The length does not fit into 64 bits.", "Content-Length: 99999999999999999999"),
        Bad("lengths-differ", "There are two lengths and they differ.", "Content-Length: 2\r\nContent-Length: 3"),
        Bad("lengths-differ-in-list", "One header lists two lengths that differ.", "Content-Length: 2, 3"),
        new("length-too-long-then-close", "Promises 1000 bytes, sends 2, closes.", Endings.Reset, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nok");
        }),
        new("length-too-long-then-silence", "Promises 1000 bytes, sends 2, and stays.", Endings.ReadTimeout, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nok");
            await c.HangAsync();
        }),
        new("length-of-exabytes", "Promises eight exabytes, sends 2, and stays.", Endings.ReadTimeout | Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nok");
            await c.HangAsync();
        }),
        new("length-too-short", "Promises 2 bytes and sends 12, each time.", Endings.Success | Endings.Protocol, async c =>
        {
            while (true)
            {
                await c.RequestAsync();
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more.");
            }
        }),
    ];

    private static Misbehaviour Bad(string name, string does, string headers) => new(name, does, Endings.Protocol, async c =>
    {
        await c.RequestAsync();
        await c.SendAsync($"HTTP/1.1 200 OK\r\n{headers}\r\n\r\nok");
        await c.HangAsync();
    });
}
