using System.Net.Http;
using System.Security.Authentication;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>A failure whose stage and text are known; travels through the runtime's client, which wraps it.</summary>
internal sealed class ClientFailure(Outcome outcome, string message) : IOException(message)
{
    /// <summary>The stage.</summary>
    public Outcome Outcome { get; } = outcome;

    /// <summary>Finds out at which stage the client failed, and says why.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="cut">What to say when the target closed the connection before the response was complete.</param>
    public static ClientFailure Explain(Exception exception, string cut)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is ClientFailure known)
                return known;
        }

        var error = exception switch
        {
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => Inner<HttpIOException>(exception)?.HttpRequestError ?? HttpRequestError.Unknown,
        };
        return error switch
        {
            HttpRequestError.NameResolutionError => new(Outcome.Dns, ConnectFailure.FirstLine(exception)),
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => new(Outcome.Connect, "connect failed: " + ConnectFailure.FirstLine(exception)),
            HttpRequestError.SecureConnectionError => new(Outcome.Tls, "TLS: " + ConnectFailure.FirstLine(exception)),
            HttpRequestError.ResponseEnded => new(Outcome.Reset, cut),
            HttpRequestError.Unknown => ExplainOther(exception),
            _ => new(Outcome.Protocol, ConnectFailure.FirstLine(exception)),
        };
    }

    private static ClientFailure ExplainOther(Exception exception)
    {
        if (Inner<AuthenticationException>(exception) is not null)
            return new(Outcome.Tls, "TLS: " + ConnectFailure.FirstLine(exception));
        if (Inner<TimeoutException>(exception) is not null)
            return new(Outcome.ConnectTimeout, ConnectFailure.FirstLine(exception));

        // A broken connection shows as an I/O error; what is left is a response or a request that the client refuses.
        var text = ConnectFailure.FirstLine(exception);
        return Inner<IOException>(exception) is not null ? new(Outcome.Reset, text) : new(Outcome.Protocol, text);
    }

    private static T? Inner<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T)
            exception = exception.InnerException;
        return (T?)exception;
    }
}
