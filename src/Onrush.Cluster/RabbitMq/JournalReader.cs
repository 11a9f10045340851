using System.Globalization;
using Onrush.Runs.Journal;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Onrush.Cluster;

/// <summary>
/// Reads the log from an offset on, and after each lost connection from where it was. Records are handed over on the threads of the client, one at a time.
/// </summary>
internal sealed class JournalReader(BrokerNames names, long fromOffset, Action<LogRecord> onRecord, Action<string> warn) : IDisposable
{
    // A stream delivers only as much as it is confirmed, and a delivery that is never confirmed ends the channel after a while.
    private const int Ahead = 500, ConfirmEach = 100;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _confirming = new(1, 1);
    private IChannel? _channel;
    private long _next = fromOffset;
    private ulong _last;
    private ulong _confirmed;
    private volatile bool _closed;

    /// <summary>Goes on on another connection.</summary>
    public async Task AttachAsync(BrokerSession session, IConnection connection, CancellationToken cancel)
    {
        var channel = await session.ChannelAsync(connection, confirms: false, cancel).ConfigureAwait(false);
        await channel.BasicQosAsync(0, Ahead, global: false, cancel).ConfigureAwait(false);
        long from;
        lock (_gate)
        {
            if (_closed)
                return;
            (_channel, _last, _confirmed) = (channel, 0, 0);
            from = _next;
        }

        await session.ConsumeAsync(channel, names.Journal, confirm: true, new Dictionary<string, object?> { ["x-stream-offset"] = from },
            delivery => OnDeliveryAsync(channel, delivery), cancel).ConfigureAwait(false);
    }

    /// <summary>Confirms what was handed over; also to be called now and then.</summary>
    public async Task ConfirmAsync()
    {
        await _confirming.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_channel is not { IsOpen: true } channel || Volatile.Read(ref _last) is var last && last == _confirmed)
                return;
            await channel.BasicAckAsync(last, multiple: true).ConfigureAwait(false);
            _confirmed = last;
        }
#pragma warning disable CA1031 // A channel that ends meanwhile says so elsewhere.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The next connection reads on from the offset.
        }
        finally
        {
            _confirming.Release();
        }
    }

    public void Dispose() => _closed = true;

    private async Task OnDeliveryAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        var offset = Convert.ToInt64(delivery.BasicProperties.Headers?["x-stream-offset"], CultureInfo.InvariantCulture);
        lock (_gate)
        {
            if (_closed || channel != _channel)
                return;
            if (offset >= _next)
            {
                _next = offset + 1;
                if (Read(delivery) is { } record)
                    onRecord(new LogRecord(offset, record));
            }

            _last = delivery.DeliveryTag;
        }

        if (delivery.DeliveryTag - _confirmed >= ConfirmEach)
            await ConfirmAsync().ConfigureAwait(false);
    }

    // The broker says through which exchange a record came, and what a worker may write to carries what workers say and nothing else.
    private ClusterRecord? Read(BasicDeliverEventArgs delivery)
    {
        try
        {
            var record = RecordWire.Read(delivery.Body.Span);
            if (delivery.Exchange == names.Out || record is HelloRecord or StatusRecord or GoneRecord)
                return record;
            warn($"a record was refused: somebody with the rights of a worker, {record.Sender}, claims to be a master");
        }
        catch (DamagedDataException exception)
        {
            warn($"a record was refused: {exception.Message}");
        }

        return null;
    }
}
