using System.Net.Http;
using System.Net.Http.Json;

namespace Onrush.FunctionalTests.Samples;

/// <summary>What the service says of its store.</summary>
internal sealed record CouponAudit(long Quantity, long Issued, long DistinctUsers, long Oversold, long DoubleIssued, long Pending)
{
    public static async Task<CouponAudit> ReadAsync(Uri url)
    {
        using var client = new HttpClient { Timeout = Deadline.Default };
        return (await client.GetFromJsonAsync<CouponAudit>(new Uri(url, "api/v1/coupons/1/audit")))!;
    }

    /// <summary>What must hold between the store and what its customers were told, in whatever state both are.</summary>
    public async Task ShouldAgreeAsync(CouponCalls calls, Uri url)
    {
        Oversold.ShouldBe(0);
        DoubleIssued.ShouldBe(0);
        Issued.ShouldBeLessThanOrEqualTo(Quantity);
        DistinctUsers.ShouldBe(Issued);

        var told = calls.Users(200);
        told.Count.ShouldBe(told.Distinct().Count(), "a user was told twice of a coupon");
        (Issued - told.Count).ShouldBeInRange(0, calls.Unknown, "coupons that nobody was told of, beyond the calls without an answer");
        if (calls.Users(410).Count > 0)
            Issued.ShouldBe(Quantity, "somebody was told that there is none left");

        foreach (var group in told.Concat(calls.Users(409)).Distinct().Chunk(200))
            (await Task.WhenAll(group.Select(user => calls.CountAsync(url, user)))).ShouldAllBe(count => count == 1);
    }
}
