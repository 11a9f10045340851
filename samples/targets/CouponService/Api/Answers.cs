using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CouponService.Coupons;
using Microsoft.AspNetCore.Http;

namespace CouponService.Api;

/// <summary>What the store has, and what was answered and is not decided.</summary>
internal sealed record AuditDocument(long Id, string Mode, long Quantity, long Issued, long DistinctUsers, long Oversold, long DoubleIssued, long Pending);

/// <summary>An event.</summary>
internal sealed record CouponDocument(long Id, long Quantity, long Issued, long Left);

/// <summary>What a user has.</summary>
internal sealed record IssuesDocument(long Id, long User, long Issued);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditDocument))]
[JsonSerializable(typeof(CouponDocument))]
[JsonSerializable(typeof(IssuesDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>The status of a result, and its word.</summary>
    public static (int Status, string Word) Of(IssueResult result) => result switch
    {
        IssueResult.Issued => (200, "ISSUED"),
        IssueResult.Noted => (200, "NOTED"),
        IssueResult.AlreadyIssued => (409, "ALREADY_ISSUED"),
        IssueResult.SoldOut => (410, "SOLD_OUT"),
        _ => (404, "UNKNOWN_COUPON"),
    };

    /// <summary>The answer to a call.</summary>
    public static Task WriteAsync(HttpResponse response, Issue issue)
    {
        var (status, word) = Of(issue.Result);
        return issue.Sequence > 0
            ? WriteAsync(response, status, string.Create(CultureInfo.InvariantCulture, $$"""{"result":"{{word}}","seq":{{issue.Sequence}}}"""))
            : WriteAsync(response, status, $$"""{"result":"{{word}}"}""");
    }

    /// <summary>A result in a word, and why.</summary>
    public static Task WriteAsync(HttpResponse response, int status, string word, string why) =>
        WriteAsync(response, status, $$"""{"result":"{{word}}","why":"{{JsonEncodedText.Encode(why)}}"}""");

    /// <summary>A document.</summary>
    public static Task WriteAsync<T>(HttpResponse response, T document) =>
        WriteAsync(response, 200, JsonSerializer.Serialize(document, typeof(T), DocumentJson.Default));

    private static Task WriteAsync(HttpResponse response, int status, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
