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
    private Subscription? _current;
    private long _next = fromOffset;
    private bool _closed;

    /// <summary>Goes on on another connection. What comes on an earlier one counts no more from here on, however late its calls return.</summary>
    public async Task AttachAsync(BrokerSession session, IConnection connection, CancellationToken cancel)
    {
        var subscription = new Subscription();
        long from;
        lock (_gate)
        {
            if (_closed)
                return;
            (_current, from) = (subscription, _next);
        }

        var channel = await session.ChannelAsync(connection, confirms: false, cancel).ConfigureAwait(false);
        await channel.BasicQosAsync(0, Ahead, global: false, cancel).ConfigureAwait(false);
        await session.ConsumeAsync(channel, names.Journal, confirm: true, new Dictionary<string, object?> { ["x-stream-offset"] = from },
            delivery => OnDeliveryAsync(subscription, channel, delivery), cancel).ConfigureAwait(false);
    }

    /// <summary>Confirms what was handed over; to be called now and then, for what is less than the reader confirms by itself.</summary>
    public Task ConfirmAsync() => Volatile.Read(ref _current)?.ConfirmAsync() ?? Task.CompletedTask;

    public void Dispose()
    {
        lock (_gate)
            (_closed, _current) = (true, null);
    }

    private async Task OnDeliveryAsync(Subscription subscription, IChannel channel, BasicDeliverEventArgs delivery)
    {
        var offset = Convert.ToInt64(delivery.BasicProperties.Headers?["x-stream-offset"], CultureInfo.InvariantCulture);
        lock (_gate)
        {
            if (subscription != _current)
                return;
            if (offset >= _next)
            {
                _next = offset + 1;
                if (Read(delivery) is { } record)
                    onRecord(new LogRecord(offset, record));
            }

            subscription.Took(channel, delivery.DeliveryTag);
        }

        if (subscription.Unconfirmed >= ConfirmEach)
            await subscription.ConfirmAsync().ConfigureAwait(false);
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

    /// <summary>What was taken and what was confirmed of the deliveries of one channel, whose numbers mean nothing on another.</summary>
    private sealed class Subscription
    {
        private readonly SemaphoreSlim _confirming = new(1, 1);
        private IChannel? _channel;
        private ulong _taken;
        private ulong _confirmed;

        public ulong Unconfirmed => Volatile.Read(ref _taken) - Volatile.Read(ref _confirmed);

        public void Took(IChannel channel, ulong tag)
        {
            Volatile.Write(ref _channel, channel);
            Volatile.Write(ref _taken, tag);
        }

        public async Task ConfirmAsync()
        {
            await _confirming.WaitAsync().ConfigureAwait(false);
            try
            {
                if (Unconfirmed == 0 || Volatile.Read(ref _channel) is not { IsOpen: true } channel)
                    return;
                var taken = Volatile.Read(ref _taken);
                await channel.BasicAckAsync(taken, multiple: true).ConfigureAwait(false);
                Volatile.Write(ref _confirmed, taken);
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
    }
}
