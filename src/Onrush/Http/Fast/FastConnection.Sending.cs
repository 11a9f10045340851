using System.Net.Sockets;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Http.Fast;

/// <content>How the request goes out: at once where the socket takes it, the rest when it takes more, a streamed body piece by piece.</content>
internal sealed partial class FastConnection
{
    private static readonly SendOrPostCallback ReportSendError = static state => ((FastConnection)state!).OnSendFailed();

    private SocketError _sendError;

    /// <inheritdoc/>
    public void OnWritable()
    {
        if (_state == State.Busy)
            SendRest();
    }

    /// <summary>The TLS link has written the request.</summary>
    public void OnSent() => _exchange!.SentNs = MonotonicClock.Now;

    /// <summary>Bytes of the request for the TLS link.</summary>
    public ReadOnlyMemory<byte> RequestBytes => _exchange!.Writer.WrittenMemory;

    /// <summary>The body that follows them piece by piece; null when there is none.</summary>
    public Upload? Upload => _exchange?.Upload;

    private void SendRest()
    {
        if (SendSome() && _exchange!.Upload is { } upload)
            _ = SendPiecesAsync(_exchange, upload);
    }

    /// <summary>Sends what the socket takes of what stands in the writer; true when that was all.</summary>
    private bool SendSome()
    {
        var exchange = _exchange!;
        var bytes = exchange.Writer.Written[_unsent..];
        var sent = _socket!.Send(bytes, out var error);
        if (error != SocketError.Success)
        {
            // Told later: the caller may still be inside the call that began the request.
            _sendError = error;
            Loop.Post(ReportSendError, this);
            return false;
        }

        _unsent += sent;
        var begins = exchange.SentNs == 0;
        exchange.SentNs = MonotonicClock.Now;
        if (begins)
            _socket.StartReceive();
        return _unsent == exchange.Writer.Length;
    }

    /// <summary>Sends a body that is read while it is sent, as long as the socket takes it. A loop: a stream that is always ready would else go deeper with every piece.</summary>
    private async Task SendPiecesAsync(Exchange exchange, Upload upload)
    {
        do
        {
            string? problem = null;
            var filled = false;
            exchange.Sample.BytesSent += exchange.Writer.Length;
            _unsent = 0;
            try
            {
                filled = await upload.FillAsync();
            }
            catch (Exception exception)
            {
                // The stream is the load test's own: whatever it throws ends this request and nothing else.
                problem = $"the body could not be read: {exception.Message}";
            }

            await Loop.SwitchTo();

            // The response may have come early, or the user was cut; the exchange may serve another request by now.
            if (!ReferenceEquals(_exchange, exchange) || _state != State.Busy)
                return;
            if (problem is not null)
            {
                Fail(Outcome.Send, problem);
                return;
            }

            if (!filled)
            {
                exchange.Writer.Reset();
                return;
            }
        }
        while (SendSome());
    }

    private void OnSendFailed()
    {
        if (_state == State.Busy)
            OnBroken(Outcome.Send, $"the request could not be sent: {_sendError}");
    }
}
