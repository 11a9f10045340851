using System.Text.RegularExpressions;

namespace Onrush.Outputs.Aws;

/// <summary>Which AWS is talked to.</summary>
/// <param name="Region">Its region, such as ap-northeast-2.</param>
/// <param name="Endpoint">Address of another server that speaks for all services; null is AWS itself.</param>
internal sealed partial record AwsPlace(string Region, Uri? Endpoint)
{
    /// <summary>Reads it.</summary>
    /// <param name="region">What was given as region; null takes it from AWS_REGION or AWS_DEFAULT_REGION.</param>
    /// <param name="endpoint">What was given as endpoint.</param>
    /// <exception cref="OutputException">There is no region, or one of both is wrong.</exception>
    public static AwsPlace Of(string? region, string? endpoint)
    {
        region ??= Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION")
            ?? throw new OutputException("region is missing: give region=ap-northeast-2 or the like, or set AWS_REGION");
        if (!Name().IsMatch(region))
            throw new OutputException($"region: '{region}' is not a region such as ap-northeast-2");
        if (endpoint is null)
            return new AwsPlace(region, null);
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new AwsPlace(region, new Uri(url.GetLeftPart(UriPartial.Authority) + "/"))
            : throw new OutputException($"endpoint: '{endpoint}' is not a URL such as http://127.0.0.1:4566");
    }

    /// <summary>Address of a service.</summary>
    /// <param name="service">Its name in addresses: monitoring, logs.</param>
    public Uri AddressOf(string service) =>
        Endpoint ?? new Uri($"https://{service}.{Region}.{(Region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com")}/");

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]+$")]
    private static partial Regex Name();
}
