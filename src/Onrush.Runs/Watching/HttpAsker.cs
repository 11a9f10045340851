using System.Net.Http.Headers;
using System.Text;

namespace Onrush.Runs.Watching;

/// <summary>Asks a server for small answers. User and password in the URL are sent as basic authentication and shown nowhere.</summary>
internal sealed class HttpAsker : IDisposable
{
    private const int MostBytes = 4 << 20;

    private readonly HttpClient _client = new() { MaxResponseContentBufferSize = MostBytes, Timeout = Timeout.InfiniteTimeSpan };

    public HttpAsker(Uri url, string? bearer = null)
    {
        if (bearer is not null)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        else if (url.UserInfo.Length > 0)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
    }

    /// <summary>The body of the answer.</summary>
    /// <exception cref="HttpRequestException">There is none, or not with a good status; the message says so.</exception>
    public async Task<byte[]> GetAsync(Uri url, CancellationToken end)
    {
        using var response = await _client.GetAsync(url, end).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(end).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? body
            : throw new HttpRequestException($"{(int)response.StatusCode} {response.ReasonPhrase}: {Beginning(body)}".TrimEnd(':', ' '));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Beginning(byte[] body) => Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 200)).ReplaceLineEndings(" ");
}
