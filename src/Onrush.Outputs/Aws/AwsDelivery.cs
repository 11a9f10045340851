using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Aws;

/// <summary>
/// What an answer of AWS means for what was sent:
/// <code>
/// answer                                             delivery
/// 2xx                                                stored
/// throttling (400 or 429 with one of its names), 503  failed: nothing was stored, tried again
/// expired or not yet valid keys                      failed, tried again at once with new keys
/// 413, RequestEntityTooLarge                         too large
/// other 5xx                                          unanswered: it may be stored
/// other 4xx                                          refused
/// </code>
/// </summary>
internal static class AwsDelivery
{
    private static readonly HashSet<string> Throttling =
        ["Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded", "LimitExceededException", "ServiceUnavailable", "ServiceUnavailableException"];

    private static readonly HashSet<string> Expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];

    /// <summary>What became of it.</summary>
    public static Delivery Of(AwsAnswer answer)
    {
        if (answer.IsGood)
            return Delivery.Stored;
        var (code, message) = answer.Error();
        int status = (int)answer.Status;
        var why = code.Length > 0 ? $"{status} {code}: {message}".TrimEnd(':', ' ') : $"{status} {answer.Status}";
        if (Throttling.Contains(code) || status is 429 or 503)
            return new Delivery(DeliveryKind.Failed, why);
        if (IsExpired(answer))
            return new Delivery(DeliveryKind.Failed, why) { AtOnce = true };
        if (status == 413 || code is "RequestEntityTooLarge" or "RequestEntityTooLargeException")
            return new Delivery(DeliveryKind.TooLarge, why);
        return new Delivery(status >= 500 ? DeliveryKind.Unanswered : DeliveryKind.Refused, why);
    }

    /// <summary>Whether the keys have expired.</summary>
    public static bool IsExpired(AwsAnswer answer) => Expired.Contains(answer.Error().Code);
}
