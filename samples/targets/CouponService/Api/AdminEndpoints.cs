using System.Globalization;
using System.Net;
using CouponService.Coupons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CouponService.Api;

/// <summary>What only this machine may call: the audit and the reset. Neither takes a thread or a place in the pool, so they answer under load.</summary>
internal sealed class AdminEndpoints(IssueMode mode, Issuing issuing)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/coupons/{id:long}/audit", context => FromHereAsync(context, () => AuditAsync(context)));
        routes.MapPost("/admin/reset", context => FromHereAsync(context, () => ResetAsync(context)));
    }

    // A page of another site that is open in a browser here has an origin; what administrators use has none.
    private static Task FromHereAsync(HttpContext context, Func<Task> answer) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && context.Request.Headers.Origin.Count == 0
            ? answer()
            : Answers.WriteAsync(context.Response, 403, "FORBIDDEN", "only programs on this machine may ask for this");

    private async Task AuditAsync(HttpContext context)
    {
        // Read before the store: what is decided meanwhile is then counted as pending, too, and nothing seems finished that is not.
        var pending = issuing.Pending;
        var id = CouponEndpoints.Route(context, "id");
        if (await issuing.Store.Direct.AuditAsync(id) is not { } audit)
        {
            await Answers.WriteAsync(context.Response, new Issue(IssueResult.Unknown));
            return;
        }
        await Answers.WriteAsync(context.Response, new AuditDocument(
            id, mode.ToString(), audit.Quantity, audit.Issued, audit.DistinctUsers, audit.Oversold, audit.DoubleIssued, pending));
    }

    private async Task ResetAsync(HttpContext context)
    {
        if (!TryRead(context, "coupon", 1, out var coupon) || !TryRead(context, "quantity", 1000, out var quantity))
        {
            await Answers.WriteAsync(context.Response, 400, "BAD_NUMBER", "coupon and quantity are whole numbers");
            return;
        }
        await issuing.Store.Direct.ResetAsync(coupon, quantity, mode);
        (issuing as AsyncIssuing)?.Forget();
        await Answers.WriteAsync(context.Response, new CouponDocument(coupon, quantity, 0, quantity));
    }

    private static bool TryRead(HttpContext context, string name, long otherwise, out long value)
    {
        value = otherwise;
        string? text = context.Request.Query[name];
        return text is null || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
