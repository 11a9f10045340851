namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that never come to an end.</summary>
internal static class Slowness
{
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static readonly Misbehaviour[] All =
    [
        new("never-answer", "Reads the request and says nothing.", Endings.ReadTimeout, async c =>
        {
            await c.RequestAsync();
            await c.HangAsync();
        }),
        new("byte-per-second", "Sends a response byte by byte, one per second.", Endings.ReadTimeout, async c =>
        {
            await c.RequestAsync();
            await c.DripAsync(Whole);
        }),
        new("body-byte-per-second", "Sends the head at once and a body without end, one byte per second.", Endings.ReadTimeout, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\n\r\n");
            await c.SendSlowlyForeverAsync("x", c.Pace);
        }),
        // Paced, so that a test on a small machine is not starved by the server it talks to.
        new("body-without-end", "Sends a body for ever, without a length.", Endings.ReadTimeout | Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\n\r\n");
            await c.SendSlowlyForeverAsync(new string('x', 64 * 1024), c.Pace / 500);
        }),
        new("chunks-without-end", "Sends chunks for ever.", Endings.ReadTimeout | Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            await c.SendSlowlyForeverAsync("10000\r\n" + new string('x', 0x10000) + "\r\n", c.Pace / 500);
        }),
    ];
}
