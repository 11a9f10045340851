using System.Net.Http;
using System.Text;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>
/// One hop of an exchange as the runtime's client takes it, made from the same bytes that <see cref="FastHttpUser"/> would send: what is
/// refused, encoded, added or left out on a redirect is decided in one place. Belongs to the session's loop but for what the client reads.
/// </summary>
internal sealed class ClientMessage : HttpRequestMessage
{
    // The client writes the headers and sends them in one go on one thread: so the connection learns whose request it is.
    [ThreadStatic]
    private static ClientMessage? s_written;

    /// <summary>What is said when the target closes without an answer.</summary>
    public const string CutBeforeResponse = "connection closed before the response";

    private bool _hasUnicode;

    private ClientMessage(HttpMethod method, Uri uri, ClientHttpSession session, Origin origin)
        : base(method, uri)
    {
        Session = session;
        Origin = origin;
        Version = session.Options.Version;
        VersionPolicy = session.Options.Policy;
    }

    /// <summary>Whose it is.</summary>
    public ClientHttpSession Session { get; }

    /// <summary>Where it goes.</summary>
    public Origin Origin { get; }

    /// <summary>The connection that was opened for it; null when there was one.</summary>
    public ClientLink? Opened { get; set; }

    /// <summary>The connection of HTTP/1.1 that carried it last.</summary>
    public ClientLink? Link { get; private set; }

    /// <summary>No connection of HTTP/1.1 carries it, but one together with others, if any.</summary>
    public bool IsMultiplexed => Link is null && WrittenNs != 0;

    /// <summary>It is the first request of <see cref="Link"/>.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>The client has sent it once more on another connection.</summary>
    public bool IsResent { get; private set; }

    /// <summary>The head of the final response is there.</summary>
    public bool HasHead { get; set; }

    /// <summary>Instant at which its headers were first written; 0 before.</summary>
    public long WrittenNs { get; private set; }

    /// <summary>The exchange goes on without it: the client must not send it any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>The body, when there is one.</summary>
    public ClientContent? Body => (ClientContent?)Content;

    /// <summary>Makes the message of the request that stands in the exchange's writer.</summary>
    /// <exception cref="UriFormatException">The runtime takes no such host.</exception>
    public static ClientMessage Create(ClientHttpSession session, Exchange exchange)
    {
        var bytes = exchange.Writer.Written;
        var lineEnd = bytes.IndexOf("\r\n"u8);
        var head = bytes[..(bytes.IndexOf("\r\n\r\n"u8) + 2)];
        var path = bytes[(exchange.Method.Length + 1)..(lineEnd - " HTTP/1.1".Length)];
        var origin = exchange.Target.Origin;
        var message = new ClientMessage(HttpMethod.Parse(exchange.Method), session.Shared.Uris.Get(origin, path), session, origin);
        if (exchange.Upload is not null || bytes.Length > head.Length + 2)
            message.Content = new ClientContent(message, exchange, head.Length + 2);
        message.AddHeaders(head, lineEnd + 2);
        return message;
    }

    /// <summary>
    /// Why it may not be sent on another connection than before; null when it may. The client repeats a request whenever the target closes
    /// without an answer, up to three times. Here it is one request, and one repetition is right only where a kept connection had been closed.
    /// </summary>
    public ClientFailure? Refusal()
    {
        if (IsOver)
            return new ClientFailure(Outcome.Cancelled, "the request is over");
        return Link is not null && Link.ReceivedNow == 0 && (IsFirst || IsResent) ? new ClientFailure(Outcome.Reset, CutBeforeResponse) : null;
    }

    /// <summary>A connection begins to carry it.</summary>
    public void OnCarried(ClientLink link, bool isFirst)
    {
        IsResent = Link is not null;
        IsFirst = isFirst;
        Link = link;
    }

    /// <summary>The client writes a header of a message; how it is encoded.</summary>
    public static Encoding? OnHeaderWritten(string name, HttpRequestMessage request)
    {
        if (request is not ClientMessage message)
            return null;
        if (message.WrittenNs == 0)
            message.WrittenNs = Engine.MonotonicClock.Now;
        s_written = message;
        return message._hasUnicode ? Encoding.UTF8 : null;
    }

    /// <summary>The thread is about to write bytes of the message; null when it does something else.</summary>
    public static void Announce(ClientMessage? message) => s_written = message;

    /// <summary>The message whose bytes the thread writes now to a connection of the session; null when it is not known.</summary>
    public static ClientMessage? Take(ClientHttpSession session)
    {
        var message = s_written;
        s_written = null;
        return message?.Session == session && !message.IsOver ? message : null;
    }

    private void AddHeaders(ReadOnlySpan<byte> head, int start)
    {
        var rest = head[start..];
        var host = Origin.HostLine.Span;
        if (rest.StartsWith(host))
            rest = rest[host.Length..];
        if (rest.StartsWith(Session.Settings.Head))
        {
            rest = rest[Session.Settings.Head.Length..];
            foreach (var header in Session.Options.DefaultHeaders)
                Add(header.Name, header.Value);
        }

        // The reader passes over one line first; the line end before the rest serves as that line.
        var lines = new HeaderReader(head[(head.Length - rest.Length - 1)..]);
        while (lines.MoveNext())
            Add(Name(lines.Name), Encoding.UTF8.GetString(lines.Value));
    }

    private void Add(string name, string value)
    {
        // The client says how long the body is, in the way of the version that it speaks.
        if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && Content is not null)
            return;
        _hasUnicode |= !Ascii.IsValid(value);
        if (!Headers.TryAddWithoutValidation(name, value))
            (Content ??= new ClientContent(this)).Headers.TryAddWithoutValidation(name, value);
    }

    private static string Name(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 when name.SequenceEqual("Cookie"u8) => "Cookie",
        12 when name.SequenceEqual("Content-Type"u8) => "Content-Type",
        13 when name.SequenceEqual("Authorization"u8) => "Authorization",
        14 when name.SequenceEqual("Content-Length"u8) => "Content-Length",
        _ => Encoding.ASCII.GetString(name),
    };
}
