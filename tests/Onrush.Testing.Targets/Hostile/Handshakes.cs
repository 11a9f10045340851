using Onrush.Testing.Targets.Tls;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that cannot do TLS.</summary>
internal static class Handshakes
{
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static readonly Misbehaviour[] All =
    [
        Shows("tls-expired", "Shows a certificate that ended yesterday.", authority => authority.Expired()),
        Shows("tls-wrong-host", "Shows a certificate for another host.", authority => authority.WrongHost()),
        Shows("tls-self-signed", "Shows a certificate that nobody signed.", authority => authority.SelfSigned()),
        Secure("tls-never", "Accepts and never answers the handshake.", Endings.Tls | Endings.ConnectTimeout | Endings.ReadTimeout, async c =>
        {
            await c.FirstBytesAsync();
            await c.HangAsync();
        }),
        Secure("tls-slow", "Sends its part of the handshake byte by byte, one per second.", Endings.Tls | Endings.ConnectTimeout | Endings.ReadTimeout, async c =>
        {
            using var certificate = c.Authority.Valid();
            await c.HandshakeAsync(certificate, stream => new DrippingStream(stream, c.Pace));
        }),
        Secure("tls-garbage", "Answers the handshake with random bytes.", Endings.Tls, async c =>
        {
            await c.FirstBytesAsync();
            await c.SendAsync("\u0000\u0001\u00fe\u00ffgarbage that is longer than any record header");
            await c.HangAsync();
        }),
        Secure("tls-is-plain-http", "Speaks plain HTTP on the TLS port.", Endings.Tls, async c =>
        {
            await c.FirstBytesAsync();
            await c.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
            await c.HangAsync();
        }),
        Secure("tls-close-in-handshake", "Closes within the handshake.", Endings.Tls | Endings.Reset, async c => await c.FirstBytesAsync()),
        Secure("tls-reset-in-handshake", "Resets within the handshake.", Endings.Tls | Endings.Reset, async c =>
        {
            await c.FirstBytesAsync();
            c.Reset();
        }),
        Secure("tls-close-mid-body", "A good handshake, then a close before the promised length, without the closing alert.", Endings.Reset, async c =>
        {
            using var certificate = c.Authority.Valid();
            await c.HandshakeAsync(certificate);
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly some of it");
        }),
    ];

    private static Misbehaviour Secure(string name, string does, Endings allowed, Func<HostileConnection, Task> script) =>
        new(name, does, allowed, script) { Scheme = "https" };

    private static Misbehaviour Shows(string name, string does, Func<TestAuthority, ServerCertificate> issue) =>
        Secure(name, does, Endings.Tls, async c =>
        {
            using var certificate = issue(c.Authority);
            await c.HandshakeAsync(certificate);
            while (true)
            {
                await c.RequestAsync();
                await c.SendAsync(Whole);
            }
        });
}
