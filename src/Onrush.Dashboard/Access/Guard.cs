using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Onrush.Dashboard;

/// <summary>
/// Who may ask for what. In this order: the Host is one of ours (where nobody has to log in, so that a foreign page cannot come in by a name that points to
/// this machine), a change is asked for by our own page or by a program, and whoever reads or changes data has logged in.
/// </summary>
internal sealed class Guard(DashboardOptions options, TimeProvider time)
{
    private const string CookieName = "onrush-session";

    private readonly Credentials _credentials = new(options);
    private readonly LoginAttempts _attempts = new(time);
    private readonly LoginSessions _sessions = new(time);

    /// <summary>What the login form asks for.</summary>
    public string Kind => _credentials.Kind;

    /// <summary>Why a request is refused; null when it is not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isPublic">True for what holds no data: the files of the page and the login itself.</param>
    public Refusal? Check(HttpContext context, bool isPublic)
    {
        var request = context.Request;
        if (!_credentials.Needed && !IsOurs(request.Host.Host))
            return new Refusal(403, $"This page is not served under the name {request.Host.Host}: use 127.0.0.1 or localhost, or give --web-token.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && IsForeign(request))
            return new Refusal(403, "A page of another site must not change anything here.");
        if (isPublic || !_credentials.Needed || _sessions.Knows(request.Cookies[CookieName] ?? ""))
            return null;
        string header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return new Refusal(401, "Log in first: send Authorization: Bearer TOKEN, or POST to api/v1/login.");
        return Judge(context, _credentials.IsHeader(header));
    }

    /// <summary>Logs a browser in.</summary>
    /// <returns>Why not; null when it is in.</returns>
    public Refusal? Login(HttpContext context, string? token, string? user, string? password)
    {
        if (!_credentials.Needed)
            return null;
        bool right = (token is not null && _credentials.IsToken(token)) || (user is not null && password is not null && _credentials.IsLogin(user, password));
        if (Judge(context, right) is { } refusal)
            return refusal;
        context.Response.Cookies.Append(CookieName, _sessions.Begin(), Cookie(context));
        return null;
    }

    /// <summary>Logs a browser out.</summary>
    public void Logout(HttpContext context)
    {
        _sessions.End(context.Request.Cookies[CookieName] ?? "");
        context.Response.Cookies.Delete(CookieName, Cookie(context));
    }

    private Refusal? Judge(HttpContext context, bool right)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (_attempts.WaitOf(address) is { Ticks: > 0 } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return new Refusal(429, "Too many wrong logins: wait a minute.");
        }

        if (right)
        {
            _attempts.Right(address);
            return null;
        }

        _attempts.Wrong(address);
        return new Refusal(401, "That is not right.");
    }

    private bool IsOurs(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(options.Host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Browsers say where a request comes from; programs do not, and cannot be made to ask by a page.
    private static bool IsForeign(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none"))
            return true;
        string origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static CookieOptions Cookie(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
    };
}

/// <summary>A request that is not answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Message">Why, in a sentence.</param>
internal sealed record Refusal(int Status, string Message);
