using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Onrush.Outputs.Aws;

/// <summary>Signs requests to AWS by its Signature Version 4, in the header. The rules: AWS General Reference, "Create a signed AWS API request".</summary>
/// <param name="region">Region in the scope, such as ap-northeast-2.</param>
/// <param name="service">Service in the scope: monitoring, logs.</param>
internal sealed class AwsSigner(string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds date, token and signature to a request that has its host and all other headers.</summary>
    /// <param name="request">A POST to the root of the service.</param>
    /// <param name="body">Its body.</param>
    /// <param name="keys">The credentials.</param>
    /// <param name="now">The time that goes into it; AWS takes it when it is at most five minutes off.</param>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsKeys keys, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", stamp);
        if (keys.Token is { Length: > 0 } token)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", token);
        var headers = Signed(request);
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n', [
            request.Method.Method, request.RequestUri!.AbsolutePath, "",
            .. headers.Select(header => $"{header.Name}:{header.Value}"), "",
            names, Hex(SHA256.HashData(body))]);
        var scope = $"{stamp[..8]}/{region}/{service}/aws4_request";
        var text = $"{Algorithm}\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(Mac(Key(keys.Secret, stamp[..8]), text));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keys.Id}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static List<(string Name, string Value)> Signed(HttpRequestMessage request)
    {
        List<(string Name, string Value)> headers = [("host", request.RequestUri!.Authority)];
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            // Signed is what nobody on the way may change.
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || name is "Content-Type" or "Content-Encoding")
                headers.Add((name.ToLowerInvariant(), string.Join(',', values).Trim()));
        }

        headers.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return headers;
    }

    private byte[] Key(string secret, string day) =>
        Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secret), day), region), service), "aws4_request");

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>Credentials at one instant.</summary>
/// <param name="Id">Access key id.</param>
/// <param name="Secret">Secret access key.</param>
/// <param name="Token">Session token; null for keys that last.</param>
internal readonly record struct AwsKeys(string Id, string Secret, string? Token);
