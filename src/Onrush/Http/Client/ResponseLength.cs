using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using Onrush.Http.Wire;

namespace Onrush.Http.Client;

/// <summary>
/// Judges what a response of HTTP/1.1 says about the length of its body. The runtime's client passes over what it does not understand and reads
/// until the target closes; here such a response is a failure, as with the fast client.
/// </summary>
internal static class ResponseLength
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Check(HttpResponseMessage response)
    {
        if (response.Version.Major > 1 || response.RequestMessage?.Method == HttpMethod.Head || (int)response.StatusCode is 101 or 204 or 304)
            return null;
        if (response.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var codings))
            return IsChunked(codings) ? null : $"Transfer-Encoding not supported: {Printable.Quote(codings.ToString())}";
        return response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths) ? Check(lengths) : null;
    }

    private static bool IsChunked(HeaderStringValues codings) => codings.Count == 1 && codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase);

    private static string? Check(HeaderStringValues lengths)
    {
        long known = -1;
        foreach (var value in lengths)
        {
            var text = value.AsSpan();
            foreach (var range in text.Split(','))
            {
                if (!long.TryParse(text[range].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
                    return $"bad Content-Length: {Printable.Quote(value)}";
                if (known >= 0 && known != length)
                    return $"two different Content-Length values: {known} and {length}";
                known = length;
            }

            // The client takes a list for no length at all.
            if (text.Contains(','))
                return $"bad Content-Length: {Printable.Quote(value)}";
        }

        return null;
    }
}
