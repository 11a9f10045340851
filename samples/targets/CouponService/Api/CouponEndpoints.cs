using System.Globalization;
using CouponService.Coupons;
using CouponService.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CouponService.Api;

/// <summary>What customers call. Each request passes the disturbances and takes a thread.</summary>
internal sealed class CouponEndpoints(Issuing issuing, WorkThreads threads, Disturbances disturbances)
{
    private static readonly byte[] Hello = "Hello!"u8.ToArray();
    private static readonly byte[] MainPage = System.Text.Encoding.UTF8.GetBytes(
        "<!doctype html><title>Coupons</title><h1>Coupons, first come first served</h1>" + string.Concat(Enumerable.Repeat("<p>One for everybody, as long as there are any.</p>", 40)));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => WorkAsync(context, TimeSpan.Zero, () => TextAsync(context, "text/html", MainPage)));
        routes.MapGet("/hello", context => WorkAsync(context, Extra(context), () => TextAsync(context, "text/plain", Hello)));
        routes.MapPost("/api/v1/coupons/call/{id:long}", context => WorkAsync(context, TimeSpan.Zero, () => CallAsync(context)));
        routes.MapGet("/api/v1/coupons/{id:long}", context => WorkAsync(context, TimeSpan.Zero, () => FindAsync(context)));
        routes.MapGet("/api/v1/coupons/{id:long}/issues/{user:long}", context => WorkAsync(context, TimeSpan.Zero, () => CountAsync(context)));
    }

    internal static long Route(HttpContext context, string name) => long.Parse((string)context.Request.RouteValues[name]!, CultureInfo.InvariantCulture);

    private async Task WorkAsync(HttpContext context, TimeSpan more, Func<Task> answer)
    {
        await disturbances.PassAsync();
        if (!await threads.TakeAsync(more))
        {
            await Answers.WriteAsync(context.Response, 503, "BUSY", "too many requests are waiting");
            return;
        }
        try
        {
            await answer();
        }
        catch (TimeoutException e)
        {
            await Answers.WriteAsync(context.Response, 500, "POOL_TIMEOUT", e.Message);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await Answers.WriteAsync(context.Response, 500, "STORE_FAILED", e.Message);
        }
        finally
        {
            threads.Release();
        }
    }

    private async Task CallAsync(HttpContext context)
    {
        string? header = context.Request.Headers["X-USER-ID"];
        if (!long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var user) || user <= 0)
        {
            await Answers.WriteAsync(context.Response, 400, "BAD_USER", header is null ? "the header X-USER-ID is missing" : "the header X-USER-ID is no number");
            return;
        }
        await Answers.WriteAsync(context.Response, await issuing.CallAsync(Route(context, "id"), user));
    }

    private async Task FindAsync(HttpContext context)
    {
        var id = Route(context, "id");
        if (await issuing.Store.UseAsync(store => store.FindAsync(id)) is { } coupon)
            await Answers.WriteAsync(context.Response, new CouponDocument(coupon.Id, coupon.Quantity, coupon.Issued, Math.Max(0, coupon.Quantity - coupon.Issued)));
        else
            await Answers.WriteAsync(context.Response, new Issue(IssueResult.Unknown));
    }

    private async Task CountAsync(HttpContext context)
    {
        var (id, user) = (Route(context, "id"), Route(context, "user"));
        await Answers.WriteAsync(context.Response, new IssuesDocument(id, user, await issuing.Store.UseAsync(store => store.CountAsync(id, user))));
    }

    // ?ms= is work of this request alone, as the sleep in the first of the documents.
    private static TimeSpan Extra(HttpContext context) =>
        int.TryParse(context.Request.Query["ms"], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= 60_000
            ? TimeSpan.FromMilliseconds(ms)
            : TimeSpan.Zero;

    private static Task TextAsync(HttpContext context, string type, byte[] text)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = text.Length;
        return context.Response.Body.WriteAsync(text).AsTask();
    }
}
