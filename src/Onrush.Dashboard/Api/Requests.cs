using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>What happens to every request: headers, who may, the table of routes, and errors turned into answers.</summary>
internal static class Requests
{
    /// <summary>Puts the routes into an application.</summary>
    public static void Serve(WebApplication application, IReadOnlyList<Route> routes, Guard guard, string basePath, Action<string> warn)
    {
        string prefix = basePath.TrimEnd('/');
        application.Use((context, next) => GuardedAsync(context, next, prefix, warn));
        application.UseRouting();
        foreach (var group in routes.GroupBy(route => route.Path))
        {
            var byMethod = group.ToDictionary(route => route.Method);
            application.Map(group.Key, context => HandleAsync(context, byMethod, guard));
        }

        application.MapFallback(context => guard.Check(context, isPublic: true) is { } refusal
            ? Answers.RefuseAsync(context, refusal.Status, refusal.Message)
            : Answers.RefuseAsync(context, 404, "There is nothing here."));
    }

    private static async Task GuardedAsync(HttpContext context, RequestDelegate next, string prefix, Action<string> warn)
    {
        SecurityHeaders.Set(context.Response);
        if (!IsBelow(context, prefix))
            return;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, message) = e switch
            {
                BadRequestException => (400, e.Message),
                NotFoundException => (404, e.Message),
                SessionStateException => (409, e.Message),
                DashboardException => (503, e.Message),
                BadHttpRequestException bad => (bad.StatusCode, bad.StatusCode == 413 ? "The request is too large." : "The request is no proper HTTP."),
                OperationCanceledException => (499, ""),
                _ => (500, "Something went wrong here; the log says what."),
            };
            if (status == 500)
                warn($"{context.Request.Method} {context.Request.Path} failed: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            if (status != 499)
                await Answers.RefuseAsync(context, status, message, (e as BadRequestException)?.Errors).ConfigureAwait(false);
        }
    }

    // The page asks for what is beside it, so its own address has to end with a slash.
    private static bool IsBelow(HttpContext context, string prefix)
    {
        if (prefix.Length == 0)
            return true;
        var request = context.Request;
        if (request.Path.Value == prefix)
        {
            context.Response.Redirect(prefix + "/");
            return false;
        }

        if (!request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var matched, out var rest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return false;
        }

        request.PathBase = matched;
        request.Path = rest;
        return true;
    }

    private static Task HandleAsync(HttpContext context, Dictionary<string, Route> byMethod, Guard guard)
    {
        string method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        bool isKnown = byMethod.TryGetValue(method, out var route);
        if (guard.Check(context, isKnown && route!.IsPublic) is { } refusal)
            return Answers.RefuseAsync(context, refusal.Status, refusal.Message);
        if (isKnown)
            return route!.Handle(context);
        context.Response.Headers.Allow = string.Join(", ", byMethod.Keys);
        string advice = byMethod.ContainsKey("POST") ? "It changes something, so ask with POST." : "Ask with GET.";
        return Answers.RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} does not go here. {advice}");
    }
}
