using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Onrush.Outputs.Aws;

/// <summary>Calls one service of AWS by its JSON protocol.</summary>
internal sealed class AwsClient : IDisposable
{
    // A body below this is not worth packing.
    private const int LeastPacked = 4096;

    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly AwsSigner _signer;
    private readonly AwsLogin _login;
    private readonly Uri _address;
    private readonly string _prefix;
    private readonly MediaTypeHeaderValue _type;
    private readonly TimeProvider _time;

    /// <param name="service">The service.</param>
    /// <param name="place">Which AWS.</param>
    /// <param name="login">The keys; not disposed of.</param>
    /// <param name="time">Clock of the signatures.</param>
    public AwsClient(AwsService service, AwsPlace place, AwsLogin login, TimeProvider time)
    {
        (_login, _time, _prefix, _address) = (login, time, service.Prefix, place.AddressOf(service.Name));
        _signer = new AwsSigner(place.Region, service.Name);
        _type = MediaTypeHeaderValue.Parse(service.ContentType);
    }

    /// <summary>Packs a body if that is worth it.</summary>
    public static AwsBody Pack(ReadOnlySpan<byte> json)
    {
        if (json.Length < LeastPacked)
            return new AwsBody(json.ToArray(), false);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(json);
        return new AwsBody(packed.ToArray(), true);
    }

    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="body">JSON, packed or not.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="header">One more header.</param>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<AwsAnswer> CallAsync(string operation, AwsBody body, CancellationToken cancel, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body.Bytes) };
        request.Content.Headers.ContentType = _type;
        if (body.IsPacked)
            request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"{_prefix}.{operation}");
        if (header is { } more)
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        var keys = await _login.KeysAsync().ConfigureAwait(false);
        _signer.Sign(request, body.Bytes.Span, keys, _time.GetUtcNow());
        using var response = await _client.SendAsync(request, cancel).ConfigureAwait(false);
        return new AwsAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

/// <summary>How a service is called.</summary>
/// <param name="Name">In addresses and signatures.</param>
/// <param name="Prefix">In front of the operation.</param>
/// <param name="ContentType">Which JSON protocol.</param>
internal sealed record AwsService(string Name, string Prefix, string ContentType)
{
    public static readonly AwsService CloudWatch = new("monitoring", "GraniteServiceVersion20100801", "application/x-amz-json-1.0");

    public static readonly AwsService Logs = new("logs", "Logs_20140328", "application/x-amz-json-1.1");
}

/// <summary>A body as it is sent.</summary>
internal readonly record struct AwsBody(ReadOnlyMemory<byte> Bytes, bool IsPacked);

/// <summary>What a service answered.</summary>
internal sealed record AwsAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>Whether it is what was asked for.</summary>
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>The answer as JSON.</summary>
    public JsonDocument Json() => JsonDocument.Parse(Body.Length == 0 ? "{}"u8.ToArray() : Body);

    /// <summary>Name of the error and what the service says about it; both empty for a good answer, or one that is none of AWS.</summary>
    public (string Code, string Message) Error()
    {
        if (IsGood)
            return ("", "");
        try
        {
            using var json = JsonDocument.Parse(Body);
            return (Text(json, "__type", "code", "Code").Split('#')[^1], Text(json, "message", "Message"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return ("", "");
        }

        static string Text(JsonDocument json, params string[] names) =>
            names.Select(name => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null).FirstOrDefault(text => text is not null) ?? "";
    }
}
