using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Onrush.Runs.Results;

namespace Onrush.Dashboard;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>How documents are written: as the run's document is.</summary>
    public static JsonSerializerOptions Json { get; } = Options(static _ => { });

    /// <summary>
    /// The same without what the stream leaves out of each row: what a page asks for when a row is opened, and the times of good and failed requests apart where
    /// none failed, which are those of all.
    /// </summary>
    public static JsonSerializerOptions StreamJson { get; } = Options(static type =>
    {
        if (type.Type != typeof(SeriesDocument))
            return;
        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Name is "phases" or "duration" or "fromDue")
                type.Properties.RemoveAt(i);
            else if (type.Properties[i].Name is "successes" or "failed")
                type.Properties[i].ShouldSerialize = static (row, _) => ((SeriesDocument)row).Failures > 0;
        }
    });

    public static Task JsonAsync(HttpContext context, object document, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, document, document.GetType(), Json, context.RequestAborted);
    }

    /// <summary>A refusal: JSON below api, plain text elsewhere, as Locust's clients expect.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string message, IReadOnlyDictionary<string, string>? errors = null) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? JsonAsync(context, new RefusalDocument(message, errors ?? new Dictionary<string, string>()), status)
            : TextAsync(context, message + "\n", status: status);

    public static async Task TextAsync(HttpContext context, string text, string type = "text/plain", int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type + "; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A file that the browser saves.</summary>
    public static void Attachment(HttpContext context, string name) =>
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";

    private static JsonSerializerOptions Options(Action<JsonTypeInfo> change) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { change } },
    };
}

/// <summary>Why something was not done.</summary>
/// <param name="Message">In a sentence.</param>
/// <param name="Errors">By field of the form, where fields are to blame.</param>
internal sealed record RefusalDocument(string Message, IReadOnlyDictionary<string, string> Errors);
