using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http;
using Onrush.Engine;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>
/// One hop on its way through the runtime's client: hands it the message, reads the response to its end, and reports to the session. As a timer
/// it watches for silence. Belongs to the session's loop; used again for the next hop when the client is done with it.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without a timer or a wait handle holds nothing to dispose of.")]
internal sealed class ClientCall(ClientHttpSession session) : LoopTimer, IExchangeCarrier
{
    private const int PieceSize = 16 * 1024;
    private const long MaxKeptBody = ContentDecoder.DefaultLimit;

    private static readonly SendOrPostCallback FinishLater = static state => ((ClientCall)state!).Finish();

    private readonly CancellationTokenSource _cancel = new();
    private Exchange _exchange = null!;
    private ClientFailure? _failure;
    private string? _location;
    private long _startNs;
    private long _headNs;
    private long _bodyBytes;
    private bool _complete;
    private bool _starting;

    /// <summary>The hop as a message.</summary>
    public ClientMessage Message { get; private set; } = null!;

    private EngineLoop Loop => session.Loop;

    /// <summary>Sends the message.</summary>
    public void Start(Exchange exchange, ClientMessage message)
    {
        _exchange = exchange;
        Message = message;
        exchange.Carrier = this;
        _failure = null;
        _location = null;
        _headNs = _bodyBytes = 0;
        _complete = false;
        _startNs = exchange.StageStartNs;

        // The limit of the whole request covers a silence that may be as long.
        if (session.Settings.NetworkTimeoutNs < exchange.TimeoutNs)
            Loop.Timers.Arm(this, _startNs + session.Settings.NetworkTimeoutNs);
        _starting = true;
        _ = RunAsync(message);
        _starting = false;
    }

    /// <inheritdoc/>
    public void OnRequestTimeout()
    {
        var text = $"no complete response within {ConnectFailure.Seconds(_exchange.TimeoutNs)} s";
        Cut(new ClientFailure(Message.WrittenNs == 0 ? Outcome.ConnectTimeout : Outcome.ReadTimeout, text));
    }

    /// <inheritdoc/>
    public void OnCancelled() => Cut(new ClientFailure(Outcome.Cancelled, "cut by the stop of its user"));

    /// <summary>Perhaps the target was silent for too long.</summary>
    internal override void OnDue(long nowNs)
    {
        var limit = session.Settings.NetworkTimeoutNs;
        var link = Message.Link ?? session.FindMultiplexed(Message.Origin);
        var last = Math.Max(Math.Max(_startNs, _headNs), link is null ? Message.WrittenNs : Math.Max(link.SentNs, link.ArrivedNs));

        // Before the request is written the connection has its own limit.
        if (Message.WrittenNs == 0)
            last = nowNs;
        if (nowNs - last >= limit)
            Cut(new ClientFailure(Outcome.ReadTimeout, $"nothing received for {ConnectFailure.Seconds(limit)} s"));
        else
            Loop.Timers.Arm(this, last + limit);
    }

    private async Task RunAsync(ClientMessage message)
    {
        HttpResponseMessage? response = null;
        ClientFailure? failure = null;
        try
        {
            var sending = session.Invoker.SendAsync(message, _cancel.Token);
            ClientMessage.Announce(null);
            response = await sending.ConfigureAwait(false);
            await new QuietSwitch(Loop);
            if (!message.IsOver)
                failure = await TakeAsync(message, response).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever it was, the request is over and must be counted.
            await new QuietSwitch(Loop);
            if (!message.IsOver)
                failure = ClientFailure.Explain(exception, CutText(response));
        }

        response?.Dispose();
        await new QuietSwitch(Loop);
        if (message.IsOver)
            return;
        _failure = failure;
        if (_starting)
            Loop.Post(FinishLater, this);
        else
            Finish();
    }

    private async ValueTask<ClientFailure?> TakeAsync(ClientMessage message, HttpResponseMessage response)
    {
        OnHead(message, response);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            _complete = true;
            return null;
        }

        if (ResponseLength.Check(response) is { } wrong)
            return new ClientFailure(Outcome.Protocol, wrong);

        // Nobody sees the body of a redirect that is followed.
        var stream = response.Content.ReadAsStream(CancellationToken.None);
        var body = _exchange.IsKept && _location is null ? new PooledBuffer() : null;
        if (body is null)
            await DiscardAsync(stream).ConfigureAwait(false);
        else if (!await KeepAsync(stream, body).ConfigureAwait(false))
            return new ClientFailure(Outcome.Protocol, $"body larger than {Printable.Size(MaxKeptBody)}");

        await new QuietSwitch(Loop);
        _complete = true;
        if (body is null)
            return null;
        if (message.IsOver)
        {
            body.Release();
            return null;
        }

        using var head = new PooledBuffer();
        var encoding = ResponseHead.Write(response, head);
        return _exchange.Keep(head.Written, encoding, body) is { } problem ? new ClientFailure(Outcome.Protocol, problem) : null;
    }

    private void OnHead(ClientMessage message, HttpResponseMessage response)
    {
        message.HasHead = true;
        _headNs = message.Link is null && session.FindMultiplexed(message.Origin) is { } link ? link.ArrivedNs : MonotonicClock.Now;
        _exchange.Sample.Status = (short)response.StatusCode;
        var headers = response.Headers.NonValidated;
        if (headers.TryGetValues("Set-Cookie", out var cookies))
        {
            using var lines = new PooledBuffer();
            ResponseHead.WriteCookies(cookies, lines);
            session.StoreCookies(_exchange.Target, lines.Written);
        }

        if (_exchange.FollowsRedirects && _exchange.Sample.Status is 301 or 302 or 303 or 307 or 308 && headers.TryGetValues("Location", out var location))
            _location = location.First();
        if (response.Version.Major > 2)
            _exchange.Sample.BytesReceived += ResponseHead.Length(response);
    }

    private async ValueTask DiscardAsync(Stream stream)
    {
        while (await stream.ReadAsync(session.Shared.Discarded, _cancel.Token).ConfigureAwait(false) is > 0 and var count)
            _bodyBytes += count;
    }

    private async ValueTask<bool> KeepAsync(Stream stream, PooledBuffer body)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        while (await stream.ReadAsync(piece, _cancel.Token).ConfigureAwait(false) is > 0 and var count)
        {
            _bodyBytes += count;
            if (_bodyBytes > MaxKeptBody)
            {
                body.Release();
                return false;
            }

            body.Append(piece.AsSpan(0, count));
        }

        // Not after a failure: a read that was cut may still hold it.
        ArrayPool<byte>.Shared.Return(piece);
        return true;
    }

    private void Finish()
    {
        if (Message.IsOver)
            return;
        var (exchange, failure, location) = (_exchange, _failure, _location);
        var link = End();
        if (Message.Link is { } single && (single.HasUnsent || Message.Body is { IsUnderWay: true }))
            single.Close(new ClientFailure(Outcome.Reset, "answered before the request was complete"), abort: true);

        var stale = failure?.Outcome is Outcome.Reset or Outcome.Send && link is { ReceivedNow: 0 }
            && Message is { Link: not null, IsFirst: false, IsResent: false } && !exchange.Retried && exchange.Upload?.CanReplay != false;
        if (!stale)
            Measure(link);
        link?.EndRequest(ref exchange.Sample);
        session.Remove(this, reusable: true);

        using var scope = new ContextScope(Loop);
        if (stale)
            session.Retry(exchange);
        else if (failure is not null)
            session.OnFailed(exchange, failure.Outcome, failure.Message);
        else
            session.OnResponse(exchange, location);
    }

    // The exchange ends now, whatever the client does: it is counted before the loop ends, and its user goes on at once.
    private void Cut(ClientFailure failure)
    {
        if (Message.IsOver)
            return;
        var (exchange, message) = (_exchange, Message);
        var link = End();
        _complete = false;
        Measure(link);
        link?.EndRequest(ref exchange.Sample);
        var alone = session.IsAlone(this);
        session.Remove(this, reusable: false);
        using (new ContextScope(null))
        {
            if (!message.IsMultiplexed)
                message.Link?.Close(failure, abort: true);
            if (message.Opened is { IsEstablished: false } opened && alone)
                opened.Close(failure, abort: true);
            _cancel.Cancel();
        }

        using var scope = new ContextScope(Loop);
        session.OnFailed(exchange, failure.Outcome, failure.Message);
    }

    private ClientLink? End()
    {
        Message.IsOver = true;
        Loop.Timers.Disarm(this);
        return Message.Link ?? session.FindMultiplexed(Message.Origin);
    }

    private void Measure(ClientLink? link)
    {
        ref var sample = ref _exchange.Sample;
        var now = MonotonicClock.Now;
        if (Message.Opened is { } opened)
        {
            sample.DnsNs += opened.DnsNs;
            sample.ConnectNs += opened.ConnectNs;
            sample.TlsNs += opened.TlsNs;
        }

        var single = Message.Link;
        var started = single?.StartedNs ?? Message.WrittenNs;
        if (started == 0)
        {
            sample.BlockedNs += now - _exchange.StageStartNs;
        }
        else if (single is null || Message.IsFirst)
        {
            sample.BlockedNs += Math.Max(0, started - _exchange.StageStartNs);
            _exchange.StageStartNs = started;
        }

        if (link is null)
        {
            sample.BytesSent += _exchange.Writer.Length;
            sample.BytesReceived += _bodyBytes;
        }

        if (!_complete)
            return;

        // With kernel time stamps the answer can have arrived before the send call returned.
        var last = link?.ArrivedNs ?? now;
        var first = single is { FirstByteNs: > 0 } ? single.FirstByteNs : Math.Min(_headNs, last);
        var sent = Math.Min(single?.SentNs ?? Math.Max(started, Message.Body?.DoneNs ?? 0), first);
        sample.SendNs += Math.Max(0, sent - _exchange.StageStartNs);
        sample.WaitNs += first - sent;
        sample.ReceiveNs += Math.Max(0, last - first);
        sample.ContentLength = _bodyBytes;
        _exchange.SentNs = sent;
        _exchange.FirstByteNs = first;
        _exchange.LastByteNs = Math.Max(first, last);
    }

    private string CutText(HttpResponseMessage? response)
    {
        if (response is null)
            return Message.Link is { ReceivedNow: > 0 } ? "connection closed in the head" : ClientMessage.CutBeforeResponse;
        return response.Content.Headers.ContentLength is { } length
            ? $"connection closed in the body: got {_bodyBytes} of {length} bytes"
            : $"connection closed in the body: got {_bodyBytes} bytes and no last chunk";
    }
}
