using Microsoft.AspNetCore.Http;

namespace Onrush.Dashboard;

/// <summary>Serves the files of the page.</summary>
internal static class PageApi
{
    public static IEnumerable<Route> Routes =>
    [
        Route.Get("/", "The page.", context => FileAsync(context, "index.html")) with { IsPublic = true },
        Route.Get("/login", "The page, which asks for the login.", context => FileAsync(context, "index.html")) with { IsPublic = true },
        Route.Get("/assets/{**path}", "Scripts, styles and pictures of the page.", context => FileAsync(context, "assets/" + context.Request.RouteValues["path"])) with { IsPublic = true },
        Route.Get("/{name}.svg", "A picture of the page.", context => FileAsync(context, context.Request.RouteValues["name"] + ".svg")) with { IsPublic = true },
    ];

    private static async Task FileAsync(HttpContext context, string path)
    {
        var response = context.Response;
        if (PageFiles.Find(path) is not { } file)
        {
            bool isPage = path == "index.html";
            await Answers.TextAsync(context, (isPage ? PageFiles.Missing : "There is no such file.") + "\n", status: isPage ? 503 : 404).ConfigureAwait(false);
            return;
        }

        response.Headers.ETag = file.Tag;
        response.Headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (content, encoding) = file.For(context.Request.Headers.AcceptEncoding.ToString());
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
