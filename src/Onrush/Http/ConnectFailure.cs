using System.Globalization;
using System.Net.Sockets;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Http;

/// <summary>How a connection that could not be made is counted, and what is said about it; the same for both clients.</summary>
internal static class ConnectFailure
{
    /// <summary>The stage at which a connect ended.</summary>
    public static Outcome OutcomeOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => Outcome.Refused,
        SocketError.TimedOut => Outcome.ConnectTimeout,

        // Accepted and reset at once: some systems say so only now.
        SocketError.ConnectionReset => Outcome.Reset,
        _ => Outcome.Connect,
    };

    /// <summary>Why a connect ended.</summary>
    public static string TextOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.TimedOut => "no answer to the connect",
        SocketError.ConnectionReset => "connection reset by the target",
        SocketError.AddressNotAvailable => "no free local port",
        SocketError.TooManyOpenSockets => "no free descriptor",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route",
        _ => $"connect failed ({error})",
    };

    /// <summary>The first line of what lies at the bottom of an exception: TLS errors come wrapped, and some in several lines.</summary>
    public static string FirstLine(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } next && next is not SocketException)
            inner = next;
        var text = inner.Message;
        var end = text.IndexOfAny(['\r', '\n']);
        return end < 0 ? text : text[..end];
    }

    /// <summary>Nanoseconds as seconds, for a message.</summary>
    public static string Seconds(long nanoseconds) =>
        (nanoseconds / (double)MonotonicClock.Second).ToString("0.###", CultureInfo.InvariantCulture);
}
