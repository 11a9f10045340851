using Onrush.Http;

namespace Onrush;

/// <content>
/// The verbs. Their parameters mean the same everywhere:
/// <list type="bullet">
/// <item><c>url</c>: a path below the host, or a whole URL</item>
/// <item><c>name</c>: name in the statistics; without it the URL as it is written</item>
/// <item><c>body</c>, <c>json</c>: what is sent; <c>json</c> is any object</item>
/// <item><c>query</c>: added to the URL, escaped</item>
/// <item><c>headers</c>: added to the class's</item>
/// <item><c>catchResponse</c>: the load test judges the response, until it is disposed of</item>
/// <item><c>keepBody</c>: headers and body can be read, until the response is disposed of</item>
/// <item><c>timeout</c>: limit for the whole request in seconds, instead of the class's</item>
/// <item><c>allowRedirects</c>: false hands a redirect out as the response</item>
/// </list>
/// </content>
public abstract partial class HttpSession
{
    /// <summary>Sends GET.</summary>
    public ValueTask<Response> GetAsync(
        string url,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null) =>
        SendAsync("GET", url, name, default, null, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends HEAD; redirects are handed out unless <paramref name="allowRedirects"/> is true.</summary>
    public ValueTask<Response> HeadAsync(
        string url,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = false) =>
        SendAsync("HEAD", url, name, default, null, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends OPTIONS.</summary>
    public ValueTask<Response> OptionsAsync(
        string url,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null) =>
        SendAsync("OPTIONS", url, name, default, null, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends POST.</summary>
    public ValueTask<Response> PostAsync(
        string url,
        RequestBody body = default,
        object? json = null,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null) =>
        SendAsync("POST", url, name, body, json, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends PUT.</summary>
    public ValueTask<Response> PutAsync(
        string url,
        RequestBody body = default,
        object? json = null,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null) =>
        SendAsync("PUT", url, name, body, json, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends PATCH.</summary>
    public ValueTask<Response> PatchAsync(
        string url,
        RequestBody body = default,
        object? json = null,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null) =>
        SendAsync("PATCH", url, name, body, json, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends DELETE.</summary>
    public ValueTask<Response> DeleteAsync(
        string url,
        RequestBody body = default,
        object? json = null,
        string? name = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null) =>
        SendAsync("DELETE", url, name, body, json, headers, query, catchResponse, keepBody, timeout, allowRedirects);

    /// <summary>Sends any verb.</summary>
    /// <exception cref="ArgumentException">The URL, a header or the combination of <paramref name="body"/> and <paramref name="json"/> cannot be sent.</exception>
    public ValueTask<Response> SendAsync(
        string method,
        string url,
        string? name = null,
        RequestBody body = default,
        object? json = null,
        ReadOnlySpan<Header> headers = default,
        ReadOnlySpan<(string Name, string Value)> query = default,
        bool catchResponse = false,
        bool keepBody = false,
        double? timeout = null,
        bool? allowRedirects = null)
    {
        if (json is not null)
        {
            if (!body.IsNone)
                throw new ArgumentException("Give either body or json, not both.");
            body = RequestBody.Json(json);
        }

        var call = new HttpCall
        {
            Method = method,
            Url = url,
            Name = name,
            Headers = headers,
            Query = query,
            Body = body,
            CatchResponse = catchResponse,
            KeepBody = keepBody,
            Timeout = timeout,
            AllowRedirects = allowRedirects,
        };
        return Loop.IsCurrent ? SendOnLoopAsync(in call) : SendFromElsewhereAsync(in call);
    }

    private protected abstract ValueTask<Response> SendOnLoopAsync(in HttpCall call);

    // A continuation that came back on another thread must not run beside the loop: the call moves there first.
    private ValueTask<Response> SendFromElsewhereAsync(in HttpCall call)
    {
        return Move(call.Method, call.Url, call.Name, call.Headers.ToArray(), call.Query.ToArray(), call.Body, call.CatchResponse, call.KeepBody, call.Timeout, call.AllowRedirects);

        async ValueTask<Response> Move(
            string method, string url, string? name, Header[] headers, (string, string)[] query, RequestBody body, bool catchResponse, bool keepBody, double? timeout, bool? allowRedirects)
        {
            await Loop.SwitchTo();
            return await SendAsync(method, url, name, body, null, headers, query, catchResponse, keepBody, timeout, allowRedirects);
        }
    }
}
