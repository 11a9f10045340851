using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Http.Client;

/// <summary>Makes the head of a response again, as <see cref="HeaderReader"/> reads it, from what the runtime's client took apart.</summary>
internal static class ResponseHead
{
    /// <summary>Writes status line and headers. Returns how the body is compressed.</summary>
    public static ContentEncoding Write(HttpResponseMessage response, PooledBuffer head)
    {
        var encoding = ContentEncoding.None;
        Append(head, $"HTTP/{response.Version.Major}.{response.Version.Minor} {(int)response.StatusCode}\r\n");
        foreach (var (name, values) in response.Headers.NonValidated)
            Append(head, name, values);
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            Append(head, name, values);
            if (!name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                encoding = ContentEncodings.Add(encoding, Encoding.UTF8.GetBytes(value.Trim()));
        }

        return encoding;
    }

    /// <summary>Writes the Set-Cookie lines of a head that has no others.</summary>
    public static void WriteCookies(HeaderStringValues cookies, PooledBuffer head)
    {
        Append(head, "\r\n");
        Append(head, "Set-Cookie", cookies);
    }

    /// <summary>Length of the headers as text, in bytes: for HTTP/3, whose connections do not show what went through.</summary>
    public static int Length(HttpResponseMessage response)
    {
        var length = 0;
        foreach (var (name, values) in response.Headers.NonValidated)
            length += name.Length + values.ToString().Length + ": \r\n".Length;
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            length += name.Length + values.ToString().Length + ": \r\n".Length;
        return length;
    }

    private static void Append(PooledBuffer head, string name, HeaderStringValues values)
    {
        foreach (var value in values)
        {
            Append(head, name);
            Append(head, ": ");
            Append(head, value);
            Append(head, "\r\n");
        }
    }

    private static void Append(PooledBuffer head, string text) =>
        head.Advance(Encoding.UTF8.GetBytes(text, head.Free(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
