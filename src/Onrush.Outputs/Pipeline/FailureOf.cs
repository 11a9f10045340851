using System.Net.Sockets;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Outputs.Pipeline;

/// <summary>What an exception says about an attempt: whether anything can have been stored.</summary>
internal static class FailureOf
{
    /// <param name="exception">What sending threw.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static Delivery Exception(Exception exception, TimeSpan timeout) => exception switch
    {
        OperationCanceledException => new(DeliveryKind.Unanswered, $"no answer within {Duration.Format(timeout)}"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } http =>
            new(DeliveryKind.Failed, Message(http)),
        HttpRequestException http => new(DeliveryKind.Unanswered, Message(http)),
        SocketException or IOException or UnauthorizedAccessException => new(DeliveryKind.Failed, Message(exception)),
        _ => new(DeliveryKind.Refused, $"{exception.GetType().Name}: {Message(exception)}"),
    };

    // The innermost message is the one that says something: "Connection refused", "No space left on device".
    private static string Message(Exception exception)
    {
        while (exception.InnerException is { } inner && inner.Message.Length > 0)
            exception = inner;
        return exception.Message.ReplaceLineEndings(" ");
    }
}
