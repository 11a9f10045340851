using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Onrush.Cluster;

/// <summary>
/// A coordinator's end of a cluster in RabbitMQ: any number of candidates, of which one leads. The log is a stream, so it is there for whoever leads next. It publishes on
/// one connection and consumes on another, since a broker that is short of memory or disk holds up whoever publishes.
/// </summary>
internal sealed class RabbitMqCoordinatorBus : ICoordinatorBus
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1), Second = TimeSpan.FromSeconds(1);

    // The longest pause between two attempts of a worker, and the time that an attempt takes.
    private static readonly TimeSpan BackAgain = TimeSpan.FromSeconds(8);

    // What waits while there is no connection; orders are complete each time, so the oldest can go.
    private const int MostWaiting = 4096;

    private readonly BrokerAddress _address;
    private readonly BrokerNames _names;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly BrokerLoop _loop;
    private readonly BeatBoard _board;
    private readonly Candidacy _candidacy;
    private readonly List<JournalReader> _readers = [];
    private readonly Channel<(string Key, byte[] Body)> _letters =
        Channel.CreateBounded<(string, byte[])>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private Open? _open;
    private long _cutAt;
    private ITimer? _probing;
    private ITimer? _everySecond;
    private string? _lastProblem;
    private int _disposed;

    private RabbitMqCoordinatorBus(BrokerAddress address, string candidate, Action<string> warn, TimeProvider time)
    {
        (_address, Candidate, _warn, _time) = (address, candidate, warn, time);
        _names = new BrokerNames(address.Cluster);
        _board = new BeatBoard(time);
        _candidacy = new Candidacy(_names, time);
        _loop = new BrokerLoop(address, OpenAsync, OnOpen, OnClosed, time);
    }

    public string Candidate { get; }

    /// <summary>
    /// Who cannot hear cannot tell who is silent: while this end is cut off, and until workers have had the time to come back as well, nobody grows older.
    /// </summary>
    public IReadOnlyList<WorkerPresence> Presence
    {
        get
        {
            var fairFrom = Volatile.Read(ref _open) is { } open ? open.At + (long)(BackAgain.TotalSeconds * _time.TimestampFrequency) : _time.GetTimestamp();
            return [.. _board.Everybody.Select(worker => worker.HeardAt < Volatile.Read(ref _cutAt)
                ? worker with { HeardAt = Math.Min(fairFrom, _time.GetTimestamp()) }
                : worker)];
        }
    }

    /// <summary>Connects and declares what the cluster has in the broker.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="candidate">Name of this candidate.</param>
    /// <param name="warn">Takes sentences for people.</param>
    /// <param name="cancel">Ends the wait for a broker that does not answer yet.</param>
    /// <param name="time">Its clock.</param>
    /// <exception cref="BusException">The broker refuses.</exception>
    public static async Task<RabbitMqCoordinatorBus> ConnectAsync(
        BrokerAddress address, string candidate, Action<string> warn, CancellationToken cancel, TimeProvider? time = null)
    {
        var bus = new RabbitMqCoordinatorBus(address, candidate, warn, time ?? TimeProvider.System);
        try
        {
            bus._loop.Start();
            if (await bus._loop.First.WaitAsync(cancel).ConfigureAwait(false) is { } problem)
                throw new BusException(BrokerFault.Describe(problem, address), problem);
            bus._probing = bus._time.CreateTimer(_ => _ = bus._candidacy.TickAsync(), null, Candidacy.ProbeEach, Candidacy.ProbeEach);
            bus._everySecond = bus._time.CreateTimer(_ => _ = bus.EverySecondAsync(), null, Second, Second);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<ILeadership> LeadAsync(CancellationToken cancel) => _candidacy.LeadAsync(cancel);

    public Task AppendAsync(ClusterRecord record, CancellationToken cancel)
    {
        if (record is ClaimRecord claim)
            _candidacy.Claims(claim.Epoch);
        return Current.Records.PublishAsync(_names.Out, BrokerNames.Record, RecordWire.Write(record), cancel);
    }

    public IDisposable Read(long fromOffset, Action<LogRecord> onRecord)
    {
        var reader = new JournalReader(_names, fromOffset, entry =>
        {
            if (entry.Record is ClaimRecord claim && claim.Sender != Candidate)
                _candidacy.SawClaim(claim.Epoch);
            onRecord(entry);
        }, _warn);
        // Within the lock, so that the connection that it begins on last is the last one that there was.
        lock (_readers)
        {
            _readers.Add(reader);
            if (Volatile.Read(ref _open) is { } open)
                _ = AttachAsync(reader, open);
        }

        return reader;
    }

    /// <summary>The stream forgets by size, so there is nothing to do.</summary>
    public void Release(long offset)
    {
    }

    public void Broadcast(CoordinatorMessage message) => _letters.Writer.TryWrite((BrokerNames.All, MessageWire.Write(message)));

    public void SendTo(string worker, CoordinatorMessage message) => _letters.Writer.TryWrite((worker, MessageWire.Write(message)));

    public Task OfferAsync(SharedContents contents, CancellationToken cancel) => BrokerFiles.StoreAsync(Current.Files, _names, contents, cancel);

    /// <summary>Disposes of this end and takes away what the cluster has in the broker: its runs are over. Where another candidate waits it is left to that one.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        // First, as an end that is cut off makes all of it anew.
        await DisposeAsync().ConfigureAwait(false);
        var session = new BrokerSession(_address);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                var connection = await session.ConnectAsync($"onrush master {Candidate}, leaving", Heartbeat, cancel).ConfigureAwait(false);
                var channel = await session.ChannelAsync(connection, confirms: false, cancel).ConfigureAwait(false);
                if ((await channel.QueueDeclarePassiveAsync(_names.Lead, cancel).ConfigureAwait(false)).ConsumerCount == 0)
                    await BrokerTopology.RemoveAsync(channel, _names, cancel).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                throw new BusException(BrokerFault.Describe(exception, _address), exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _letters.Writer.TryComplete();
        foreach (var timer in new[] { _probing, _everySecond })
        {
            if (timer is not null)
                await timer.DisposeAsync().ConfigureAwait(false);
        }

        lock (_readers)
        {
            foreach (var reader in _readers)
                reader.Dispose();
        }

        await _loop.DisposeAsync().ConfigureAwait(false);
        _candidacy.Detach();
    }

    private Open Current => Volatile.Read(ref _open) ?? throw new BusException("there is no connection to the broker");

    private async Task OpenAsync(BrokerSession session, CancellationToken cancel)
    {
        var publishing = await session.ConnectAsync($"onrush master {Candidate}", Heartbeat, cancel).ConfigureAwait(false);
        var control = await session.ChannelAsync(publishing, confirms: false, cancel).ConfigureAwait(false);
        await BrokerTopology.DeclareAsync(control, _names, cancel).ConfigureAwait(false);
        var consuming = await session.ConnectAsync($"onrush master {Candidate}, reading", Heartbeat, cancel).ConfigureAwait(false);
        var inbox = await session.ChannelAsync(consuming, confirms: false, cancel).ConfigureAwait(false);
        var queue = _names.CoordinatorInbox(Candidate);
        await inbox.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true,
            new Dictionary<string, object?> { ["x-message-ttl"] = 3000, ["x-max-length"] = 10_000 }, cancellationToken: cancel).ConfigureAwait(false);
        foreach (var key in new[] { BrokerNames.Beat, BrokerNames.Ask })
            await inbox.QueueBindAsync(queue, _names.In, key, cancellationToken: cancel).ConfigureAwait(false);

        control.BasicReturnAsync += (_, returned) =>
        {
            _board.Gone(returned.RoutingKey);
            return Task.CompletedTask;
        };
        var records = await ConfirmedChannel.OpenAsync(session, publishing, cancel).ConfigureAwait(false);
        var files = await ConfirmedChannel.OpenAsync(session, publishing, cancel).ConfigureAwait(false);
        var open = new Open(session, consuming, records, files, new PlainChannel(control), _time.GetTimestamp());
        await session.ConsumeAsync(inbox, queue, confirm: false, null, delivery => OnDeliveryAsync(delivery, open), cancel).ConfigureAwait(false);
        await _candidacy.AttachAsync(session, consuming, open.Letters, cancel).ConfigureAwait(false);
        Volatile.Write(ref _open, open);
    }

    private void OnOpen()
    {
        var open = _open!;
        _lastProblem = null;
        lock (_readers)
        {
            foreach (var reader in _readers)
                _ = AttachAsync(reader, open);
        }

        _ = SendLettersAsync(open);
    }

    private void OnClosed(string reason)
    {
        var open = Interlocked.Exchange(ref _open, null);
        open?.Records.Dispose();
        open?.Files.Dispose();
        _candidacy.Detach();
        if (open is not null)
            Volatile.Write(ref _cutAt, _time.GetTimestamp());
        if (reason == _lastProblem)
            return;
        _lastProblem = reason;
        if (open is null || !reason.StartsWith("it ", StringComparison.Ordinal))
            _warn(reason);
    }

    private static async Task AttachAsync(JournalReader reader, Open open)
    {
        try
        {
            await reader.AttachAsync(open.Session, open.Consuming, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A reader without a consumer is no reader: all of it is made anew.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            open.Session.End($"the log cannot be read: {exception.Message}");
        }
    }

    // One reader of the letters at a time: who reads on after a connection begins when the one before has seen its end.
    private async Task SendLettersAsync(Open open)
    {
        while (!open.Session.Ended.IsCompleted)
        {
            var more = _letters.Reader.WaitToReadAsync().AsTask();
            await Task.WhenAny(more, open.Session.Ended).ConfigureAwait(false);
            if (open.Session.Ended.IsCompleted || !await more.ConfigureAwait(false))
                return;
            while (!open.Session.Ended.IsCompleted && _letters.Reader.TryRead(out var letter))
                await open.Letters.SendAsync(_names.Control, letter.Key, letter.Body, CancellationToken.None, type: Letters.Message).ConfigureAwait(false);
        }
    }

    private async Task OnDeliveryAsync(BasicDeliverEventArgs delivery, Open open)
    {
        var worker = Encoding.UTF8.GetString(delivery.Body.Span);
        if (delivery.RoutingKey == BrokerNames.Beat)
        {
            _board.Heard(worker, delivery.BasicProperties.CorrelationId == BeatBoard.Farewell);
        }
        else if (_candidacy.Leads || !_candidacy.Stands)
        {
            // A candidate that waits for its turn keeps silent: the clock of a run is that of its leader.
            var now = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(now, RunClock.Now);
            await open.Letters.SendAsync(_names.Control, worker, now, CancellationToken.None, delivery.BasicProperties.CorrelationId, Letters.Time).ConfigureAwait(false);
        }
    }

    private async Task EverySecondAsync()
    {
        JournalReader[] readers;
        lock (_readers)
            readers = [.. _readers];
        foreach (var reader in readers)
            await reader.ConfirmAsync().ConfigureAwait(false);

        // A message that finds no inbox comes back: whoever was killed is known to be gone before its beats are missed.
        if (Volatile.Read(ref _open) is { } open && (Volatile.Read(ref _cutAt) == 0 || _time.GetElapsedTime(open.At) > BackAgain))
        {
            foreach (var worker in _board.Everybody.Where(worker => worker.IsConnected))
            {
                await open.Letters.SendAsync(_names.Control, worker.Worker, ReadOnlyMemory<byte>.Empty, CancellationToken.None, type: Letters.Knock, mandatory: true)
                    .ConfigureAwait(false);
            }
        }
    }

    private sealed record Open(BrokerSession Session, IConnection Consuming, ConfirmedChannel Records, ConfirmedChannel Files, PlainChannel Letters, long At);
}
