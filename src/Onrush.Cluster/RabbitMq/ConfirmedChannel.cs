using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Onrush.Cluster;

/// <summary>
/// Publishes so that each message is known to be stored or not: it waits for the broker's word, and a message that found no queue is a failed one. Messages go
/// out in the order of the calls; any number may be on their way. The client's own tracking of confirms is not used, as it can wait for ever on a
/// connection that is dead.
/// <para>A channel is for one stream only, and a message that did not go into it ends the session. For what a stream had not stored when its writer ended, RabbitMQ
/// (3.10.8, resend_all of rabbit_stream_queue) sends the next writer again under its number on the channel instead of its number for the stream. Where the two differ,
/// the writer takes that many of the messages that follow for repetitions, which it confirms and does not store.</para>
/// </summary>
internal sealed class ConfirmedChannel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IChannel _channel;
    private readonly BrokerSession _session;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SortedDictionary<ulong, TaskCompletionSource> _waiting = [];
    private bool _over;

    private ConfirmedChannel(IChannel channel, BrokerSession session)
    {
        (_channel, _session) = (channel, session);
        channel.BasicAcksAsync += OnAck;
        channel.BasicNacksAsync += OnNack;
        channel.BasicReturnAsync += OnReturn;
        _ = session.Ended.ContinueWith(_ => Over(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Opens one.</summary>
    public static async Task<ConfirmedChannel> OpenAsync(BrokerSession session, IConnection connection, CancellationToken cancel) =>
        new(await session.ChannelAsync(connection, confirms: true, cancel).ConfigureAwait(false), session);

    /// <summary>Publishes and waits until it is stored.</summary>
    /// <exception cref="BusException">Whether it is stored is not known.</exception>
    public async Task PublishAsync(string exchange, string key, ReadOnlyMemory<byte> body, CancellationToken cancel, string? type = null)
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong number = 0;
        try
        {
            await _turn.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                number = await _channel.GetNextPublishSequenceNumberAsync(cancel).ConfigureAwait(false);
                lock (_waiting)
                {
                    if (_over)
                        throw new BusException("the connection to the broker is lost");
                    _waiting.Add(number, stored);
                }

                var properties = new BasicProperties
                {
                    DeliveryMode = DeliveryModes.Persistent,
                    MessageId = number.ToString(CultureInfo.InvariantCulture),
                    Type = type,
                };
                await _channel.BasicPublishAsync(exchange, key, mandatory: true, properties, body, cancel).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }

            await stored.Task.WaitAsync(Patience, cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not BusException && !cancel.IsCancellationRequested)
        {
            throw new BusException($"the broker did not confirm: {exception.Message}", exception);
        }
        finally
        {
            lock (_waiting)
                _waiting.Remove(number);
        }
    }

    public void Dispose() => _turn.Dispose();

    private Task OnAck(object sender, BasicAckEventArgs ack) => Settle(ack.DeliveryTag, ack.Multiple);

    private Task OnNack(object sender, BasicNackEventArgs nack) => Refuse(nack.DeliveryTag, nack.Multiple, "the broker could not store what it was sent");

    // The broker returns a message before it confirms it.
    private Task OnReturn(object sender, BasicReturnEventArgs returned) =>
        ulong.TryParse(returned.BasicProperties.MessageId, CultureInfo.InvariantCulture, out var number)
            ? Refuse(number, multiple: false, "the log is not there any more")
            : Task.CompletedTask;

    private Task Refuse(ulong number, bool multiple, string problem)
    {
        Settle(number, multiple, problem);
        _session.End(problem);
        return Task.CompletedTask;
    }

    private Task Settle(ulong number, bool multiple, string? problem = null)
    {
        lock (_waiting)
        {
            foreach (var (at, stored) in _waiting)
            {
                if (at > number)
                    break;
                if (at == number || multiple)
                    Tell(stored, problem);
            }
        }

        return Task.CompletedTask;
    }

    private void Over()
    {
        lock (_waiting)
        {
            _over = true;
            foreach (var stored in _waiting.Values)
                Tell(stored, "the connection to the broker was lost before it confirmed");
        }
    }

    private static void Tell(TaskCompletionSource stored, string? problem)
    {
        if (problem is null)
            stored.TrySetResult();
        else
            stored.TrySetException(new BusException(problem));
    }
}
