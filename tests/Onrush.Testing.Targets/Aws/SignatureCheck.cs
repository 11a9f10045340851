using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Onrush.Testing.Targets.Aws;

/// <summary>
/// Checks Signature Version 4 as AWS does: the scope, the clock, the signed headers, the token, the signature. Written from the rules and not from the signer of the
/// product; the official SDK has to get through it, too.
/// </summary>
internal static class SignatureCheck
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Checks a request.</summary>
    /// <returns>Service and access key id in the scope.</returns>
    /// <exception cref="AwsFaultException">It is not signed as it should be.</exception>
    public static (string Service, string KeyId) Verify(HttpRequest request, byte[] body, IReadOnlyDictionary<string, AwsKey> keys, TimeProvider time)
    {
        string authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
            throw new AwsFaultException("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
        var parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        string[] credential = parts["Credential"].Split('/');
        if (credential is not [var id, var day, var region, var service, "aws4_request"])
            throw new AwsFaultException("IncompleteSignatureException", "The credential scope is not complete", 403);
        if (!keys.TryGetValue(id, out var key))
            throw new AwsFaultException("UnrecognizedClientException", "The security token included in the request is invalid.", 403);
        CheckTime(request, day, time);
        CheckToken(request, key, time);

        string[] names = parts["SignedHeaders"].Split(';');
        if (!names.SequenceEqual(names.Order(StringComparer.Ordinal)) || !names.Contains("host") || names.Any(name => name.Any(char.IsAsciiLetterUpper)))
            throw new AwsFaultException("InvalidSignatureException", "SignedHeaders are not in order, or host is missing", 403);
        foreach (string header in request.Headers.Keys.Select(h => h.ToLowerInvariant()).Where(h => h.StartsWith("x-amz-", StringComparison.Ordinal)))
        {
            if (!names.Contains(header))
                throw new AwsFaultException("InvalidSignatureException", $"{header} is not signed", 403);
        }

        var canonical = new StringBuilder().Append(request.Method).Append('\n').Append(request.Path).Append('\n').Append(request.QueryString.Value?.TrimStart('?')).Append('\n');
        foreach (string name in names)
        {
            if (!request.Headers.TryGetValue(name, out var values))
                throw new AwsFaultException("InvalidSignatureException", $"{name} is signed and not there", 403);
            canonical.Append(name).Append(':').Append(string.Join(',', values.Select(value => Trimmed(value!)))).Append('\n');
        }

        string hash = request.Headers.TryGetValue("x-amz-content-sha256", out var given) ? given.ToString() : Hex(SHA256.HashData(body));
        if (hash != "UNSIGNED-PAYLOAD" && hash != Hex(SHA256.HashData(body)))
            throw new AwsFaultException("XAmzContentSHA256Mismatch", "The hash of the body is another one");
        canonical.Append('\n').Append(string.Join(';', names)).Append('\n').Append(hash);
        string text = string.Join('\n', "AWS4-HMAC-SHA256", request.Headers["x-amz-date"].ToString(), string.Join('/', day, region, service, "aws4_request"), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString()))));
        byte[] mac = Encoding.UTF8.GetBytes("AWS4" + key.Secret);
        foreach (string step in (string[])[day, region, service, "aws4_request", text])
            mac = HMACSHA256.HashData(mac, Encoding.UTF8.GetBytes(step));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hex(mac)), Encoding.ASCII.GetBytes(parts["Signature"])))
            throw new AwsFaultException("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.", 403);
        return (service, id);
    }

    private static void CheckTime(HttpRequest request, string day, TimeProvider time)
    {
        string stamp = request.Headers["x-amz-date"].ToString();
        if (!DateTimeOffset.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || stamp[..8] != day)
            throw new AwsFaultException("IncompleteSignatureException", "Date must be in the form of YYYYMMDD'T'HHMMSS'Z' and of the day of the scope", 403);
        if ((time.GetUtcNow() - at).Duration() > Skew)
            throw new AwsFaultException("RequestExpired", $"Signature expired: {stamp}");
    }

    private static void CheckToken(HttpRequest request, AwsKey key, TimeProvider time)
    {
        string token = request.Headers["x-amz-security-token"].ToString();
        if (token != (key.Token ?? ""))
            throw new AwsFaultException("UnrecognizedClientException", "The security token included in the request is invalid.", 403);
        if (key.Expires is { } end && time.GetUtcNow() >= end)
            throw new AwsFaultException("ExpiredTokenException", "The security token included in the request is expired");
    }

    private static string Trimmed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>Credentials that the service knows.</summary>
/// <param name="Secret">Secret access key.</param>
/// <param name="Token">Session token; null for a key that lasts.</param>
/// <param name="Expires">When it no longer counts.</param>
public sealed record AwsKey(string Secret, string? Token = null, DateTimeOffset? Expires = null);
