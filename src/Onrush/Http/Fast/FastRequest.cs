using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Http.Fast;

/// <summary>Assembles the bytes of a request, for the first hop from the call and for a redirect from the bytes of the hop before.</summary>
internal static class FastRequest
{
    /// <summary>Writes the whole request of a call into the exchange.</summary>
    /// <exception cref="ArgumentException">Method, path or a header cannot be sent.</exception>
    public static void Write(Exchange exchange, HttpSession session, in HttpCall call)
    {
        var isPlain = call.Headers.IsEmpty && call.Body.IsNone && session.AddsNothing;
        if (isPlain && exchange.HoldsPlain(session.Settings))
            return;

        var writer = exchange.Writer;
        writer.Reset();
        if (Replaces(session.Settings, call.Headers))
        {
            WriteReplaced(writer, exchange, session, call.Headers);
        }
        else
        {
            writer.WriteRequestLine(exchange.Method, exchange.Target);
            writer.Write(session.Settings.Head);
        }

        session.WriteSessionHeaders(writer, exchange.Target, call.Headers);
        if (session.LoopHttp.Trace is { } trace && !Has(call.Headers, TraceContext.Header) && !Has(session.Settings.Headers, TraceContext.Header))
            trace.Write(writer, ref exchange.Sample);
        foreach (var header in call.Headers)
            writer.WriteHeader(header.Name, header.Value);
        WriteBody(exchange, in call);
        if (isPlain)
            exchange.KeepPlain(session.Settings);
    }

    /// <summary>
    /// Turns the request into the one that follows a redirect: 303 becomes GET, 301 and 302 of a POST too; body and its headers go then.
    /// Authorization does not go to another origin. As browsers do it (RFC 9110, 15.4).
    /// </summary>
    public static bool TryRedirect(Exchange exchange, HttpSession session, string location, out string? problem)
    {
        var from = exchange.Target;
        if (!session.TryResolveRedirect(from, location, out var to, out problem))
            return false;

        var becomesGet = exchange.Sample.Status == 303 && exchange.Method != "HEAD"
            || exchange.Sample.Status is 301 or 302 && exchange.Method == "POST";
        var sameOrigin = to.Origin.Equals(from.Origin);
        if (exchange.Upload is { } upload)
        {
            if (!becomesGet && !upload.CanReplay)
            {
                problem = "the body's stream cannot be sent again";
                return false;
            }

            upload.RestoreHead();
            if (!becomesGet)
                upload.Rewind();
        }

        if (becomesGet)
            exchange.Upload = null;
        var old = exchange.Writer.Written.ToArray();
        var headEnd = old.AsSpan().IndexOf("\r\n\r\n"u8) + 2;
        exchange.SetTarget(to);
        if (becomesGet)
            exchange.Method = "GET";

        var writer = exchange.Writer;
        writer.Reset();
        try
        {
            writer.WriteRequestLine(exchange.Method, to);
        }
        catch (ArgumentException exception)
        {
            problem = exception.Message;
            return false;
        }

        var lines = new HeaderReader(old.AsSpan(0, headEnd));
        while (lines.MoveNext())
        {
            if (GoesAlong(lines.Name, sameOrigin, becomesGet))
                writer.WriteHeader(Encoding.ASCII.GetString(lines.Name), Encoding.UTF8.GetString(lines.Value));
        }

        session.WriteCookies(writer, to);
        writer.Write("\r\n"u8);
        if (!becomesGet)
            writer.Write(old.AsSpan(headEnd + 2));
        exchange.Upload?.KeepHead();
        return true;
    }

    private static bool GoesAlong(ReadOnlySpan<byte> name, bool sameOrigin, bool becomesGet)
    {
        if (Ascii.EqualsIgnoreCase(name, "host") || Ascii.EqualsIgnoreCase(name, "cookie"))
            return false;
        if (!sameOrigin && Ascii.EqualsIgnoreCase(name, "authorization"))
            return false;
        return !becomesGet
            || !(name.Length > 8 && Ascii.EqualsIgnoreCase(name[..8], "content-")) && !Ascii.EqualsIgnoreCase(name, "transfer-encoding");
    }

    private static bool Replaces(HttpSettings settings, ReadOnlySpan<Header> headers)
    {
        foreach (var header in headers)
        {
            // Host, User-Agent, Accept, Accept-Encoding and Connection are told apart cheaply from most own headers by their first letter.
            if (header.Name.Length > 0 && (header.Name[0] | 0x20) is not 'x' || Has(settings.Headers, header.Name))
                return true;
        }

        return false;
    }

    private static void WriteReplaced(RequestWriter writer, Exchange exchange, HttpSession session, ReadOnlySpan<Header> headers)
    {
        writer.WriteRequestLine(exchange.Method, exchange.Target, withHost: !Has(headers, "Host"));
        foreach (var line in session.Settings.HeaderLines)
        {
            if (!Has(headers, line.Name))
                writer.WriteHeader(line.Name, line.Value);
        }
    }

    private static void WriteBody(Exchange exchange, in HttpCall call)
    {
        var typeGiven = Has(call.Headers, "Content-Type");
        if (call.Body.IsStream)
        {
            exchange.Upload = new Upload(exchange, call.Body, typeGiven);
            exchange.Upload.EndHead();
        }
        else
        {
            call.Body.EndHead(exchange.Writer, emptyLength: call.Method is "POST" or "PUT" or "PATCH", typeGiven);
        }
    }

    private static bool Has(ReadOnlySpan<Header> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
