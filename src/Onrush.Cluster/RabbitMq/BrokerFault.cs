using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Onrush.Cluster;

/// <summary>What went wrong with a broker, as a sentence for people.</summary>
internal static class BrokerFault
{
    private const int NotFound = 404;

    /// <summary>Describes an exception.</summary>
    public static string Describe(Exception exception, BrokerAddress address) => exception switch
    {
        BusException => exception.Message,
        BrokerUnreachableException { InnerException: { } inner } => Describe(inner, address),
        AggregateException { InnerException: { } inner } => Describe(inner, address),
        AuthenticationFailureException or PossibleAuthenticationFailureException => $"the broker {address} refuses the user {address.User} or the password",
        AuthenticationException => $"the certificate of the broker {address} is not the one that is trusted: {exception.Message}",
        OperationInterruptedException { ShutdownReason: { ReplyCode: NotFound } reason } when reason.ReplyText.StartsWith("NOT_FOUND - no ", StringComparison.Ordinal) => "no master has been there yet",
        OperationInterruptedException { ShutdownReason: { } reason } => $"the broker {address} refuses: {reason.ReplyText}",
        SocketException or IOException or TimeoutException or OperationCanceledException or ConnectFailureException => $"the broker {address} does not answer: {Innermost(exception)}",
        _ => $"the broker {address} does not answer: {exception.Message}",
    };

    /// <summary>Describes why a connection, a channel or a consumer ended.</summary>
    public static string Describe(ShutdownEventArgs? reason) => reason switch
    {
        null => "the connection to the broker is lost",
        { ReplyCode: NotFound } => "the master has gone and taken the cluster with it",
        { Exception: { } exception } => $"the connection to the broker is lost: {Innermost(exception)}",
        _ => $"the broker ended the connection: {reason.ReplyText}",
    };

    /// <summary>Whether trying again cannot help: the user, the password, the certificate or the rights are wrong.</summary>
    public static bool IsFinal(Exception exception) => exception switch
    {
        BrokerUnreachableException { InnerException: { } inner } => IsFinal(inner),
        AggregateException { InnerException: { } inner } => IsFinal(inner),
        AuthenticationFailureException or PossibleAuthenticationFailureException or AuthenticationException => true,
        OperationInterruptedException { ShutdownReason.ReplyCode: 403 or 406 or 530 } => true,
        _ => false,
    };

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;
}
