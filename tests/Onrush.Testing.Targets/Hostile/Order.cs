namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that answer at the wrong time or too often.</summary>
internal static class Order
{
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static readonly Misbehaviour[] All =
    [
        new("response-before-request", "Answers before it is asked.", Endings.Success | Endings.Protocol | Endings.Reset, async c =>
        {
            await c.SendAsync(Whole);
            await c.RequestAsync();
            await c.HangAsync();
        }),
        new("two-responses", "Answers each request twice; the second answer is poison.", Endings.Success | Endings.Protocol, async c =>
        {
            while (true)
            {
                await c.RequestAsync();
                await c.SendAsync(Whole + "HTTP/1.1 500 Poison\r\nContent-Length: 6\r\n\r\npoison");
            }
        }),
        new("answer-before-body", "Answers and closes when it has seen the first bytes of the request.", Endings.Success | Endings.Status | Endings.Reset | Endings.Send, async c =>
        {
            await c.FirstBytesAsync();
            await c.SendAsync("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
        }),
        new("interim-without-end", "Sends 102 for ever.", Endings.Protocol, async c =>
        {
            await c.RequestAsync();
            await c.SendSlowlyForeverAsync(string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 10)), c.Pace / 1000);
        }),
        new("switching-unasked", "Switches protocols though nobody asked.", Endings.Success | Endings.Protocol | Endings.Status, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await c.HangAsync();
        }),
    ];
}
