using Microsoft.AspNetCore.Http;

namespace Onrush.Dashboard;

/// <summary>Headers that tell browsers to do nothing but what the page needs.</summary>
internal static class SecurityHeaders
{
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // The report is one file with everything inline. In a sandbox it is of no origin, so it cannot ask the server for anything.
    private const string ReportPolicy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; frame-ancestors 'none'; "
        + "sandbox allow-scripts allow-downloads allow-modals";

    /// <summary>Sets them.</summary>
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Sets those of the report.</summary>
    public static void SetForReport(HttpResponse response) => response.Headers.ContentSecurityPolicy = ReportPolicy;
}
