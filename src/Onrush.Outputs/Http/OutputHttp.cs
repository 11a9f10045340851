using System.Net;
using System.Net.Http.Headers;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Http;

/// <summary>What outputs over HTTP have in common: the client, and what a status means for a batch.</summary>
internal static class OutputHttp
{
    private const int LongestMessage = 300;

    /// <summary>A client for one output. How long a request may take is for the pipeline to say; redirects of a write are not followed, since they lose its body.</summary>
    public static HttpClient Client(AuthenticationHeaderValue? authorization = null)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization = authorization;
        client.DefaultRequestHeaders.UserAgent.Add(new("onrush", null));
        return client;
    }

    /// <summary>User and password as a header; null without a user.</summary>
    public static AuthenticationHeaderValue? Basic(string? user, string? password) => user is null ? null
        : new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>
    /// What an answer means: 2xx stored; 413 too large; 408, 425, 429 and 5xx to be tried again, after the time it asks for; anything else refused for good.
    /// </summary>
    public static async Task<Delivery> DeliveryAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode)
            return Delivery.Stored;
        var why = await WhyAsync(answer, cancel).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => new(DeliveryKind.TooLarge, why),
            HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests => new(DeliveryKind.Failed, why) { After = After(answer) },
            // A gateway may have lost the answer of a server that stored the batch.
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new(DeliveryKind.Unanswered, why) { After = After(answer) },
            >= HttpStatusCode.InternalServerError => new(DeliveryKind.Failed, why) { After = After(answer) },
            _ => new(DeliveryKind.Refused, why),
        };
    }

    /// <summary>Status and beginning of the body, in a line.</summary>
    public static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var body = (await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false)).ReplaceLineEndings(" ").Trim();
        if (body.Length > LongestMessage)
            body = body[..LongestMessage] + "...";
        return body.Length > 0 ? $"{(int)answer.StatusCode}: {body}" : $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
    }

    private static TimeSpan? After(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } length } => length,
        { Date: { } date } when answer.Headers.Date is { } now => date - now,
        _ => null,
    };
}
