namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that leave in the middle of something.</summary>
internal static class Closing
{
    private const string HalfAHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le";
    private const string HalfABody = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly some of it";
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static readonly Misbehaviour[] All =
    [
        new("close-after-request", "Reads the request and closes.", Endings.Reset, async c => await c.RequestAsync()),
        Closes("close-mid-status-line", "Closes within the status line.", "HTTP/1.1 20"),
        Closes("status-line-only", "Sends the status line and closes.", "HTTP/1.1 200 OK\r\n"),
        Closes("close-mid-head", "Closes within a header line.", HalfAHead),
        Closes("close-mid-body", "Closes before the length it promised.", HalfABody),
        Closes("close-mid-chunk", "Closes within a chunk.", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly some of it"),
        new("reset-after-request", "Reads the request and resets.", Endings.Reset, async c =>
        {
            await c.RequestAsync();
            c.Reset();
        }),
        Resets("reset-mid-head", "Resets within a header line.", HalfAHead),
        Resets("reset-mid-body", "Resets before the length it promised.", HalfABody),
        Resets("reset-mid-chunk", "Resets within a chunk.", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly some of it"),
        new("reset-after-response", "Answers well and resets the idle connection.", Endings.Success, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(Whole);
            c.Reset();
        }),
        new("close-after-response", "Answers well, promises to stay, and closes the idle connection.", Endings.Success, async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(Whole);
        }),
        new("close-after-two", "Closes the idle connection after two requests without notice.", Endings.Success, async c =>
        {
            for (var i = 0; i < 2; i++)
            {
                await c.RequestAsync();
                await c.SendAsync(Whole);
            }
        }),
        new("close-when-idle", "Closes the connection without notice once it has been idle for a twentieth of the pace.", Endings.Success, async c =>
        {
            await c.RequestAsync();
            while (true)
            {
                await c.SendAsync(Whole);
                await c.RequestWithinAsync(c.Pace / 20);
            }
        }),
    ];

    private static Misbehaviour Closes(string name, string does, string bytes) => new(name, does, Endings.Reset, async c =>
    {
        await c.RequestAsync();
        await c.SendAsync(bytes);
    });

    private static Misbehaviour Resets(string name, string does, string bytes) => new(name, does, Endings.Reset, async c =>
    {
        await c.RequestAsync();
        await c.SendAsync(bytes);
        c.Reset();
    });
}
