using Onrush.Engine;
using Onrush.Http;
using Onrush.Http.Fast;
using Onrush.Measurement;

namespace Onrush;

/// <content>What follows a response or a failure: the next hop of a redirect, or the end. The same for both clients.</content>
public abstract partial class HttpSession
{
    /// <summary>The response is complete; a redirect goes on, everything else ends the request.</summary>
    internal void OnResponse(Exchange exchange, string? location)
    {
        exchange.Sample.Outcome = Outcome.Success;
        if (location is not null && exchange.FollowsRedirects)
            Follow(exchange, location);
        else
            Finish(exchange);
    }

    /// <summary>The request failed at a stage.</summary>
    internal void OnFailed(Exchange exchange, Outcome outcome, string message)
    {
        exchange.Sample.Outcome = outcome;
        exchange.Message = message;
        if (outcome != Outcome.Cancelled && exchange.LastByteNs == 0)
            exchange.Sample.Status = 0;
        Finish(exchange);
    }

    /// <summary>Sends the request that stands in the exchange.</summary>
    private protected abstract void Dispatch(Exchange exchange);

    private void Follow(Exchange exchange, string location)
    {
        if (++exchange.Hops > Settings.MaxRedirects)
        {
            OnFailed(exchange, Outcome.Protocol, $"more than {Settings.MaxRedirects} redirects");
            return;
        }

        if (!FastRequest.TryRedirect(exchange, this, location, out var problem))
        {
            OnFailed(exchange, Outcome.Protocol, $"redirect to an impossible location: {problem}");
            return;
        }

        exchange.StageStartNs = MonotonicClock.Now;
        exchange.SentNs = exchange.FirstByteNs = exchange.LastByteNs = 0;
        exchange.Retried = false;
        Dispatch(exchange);
    }
}
