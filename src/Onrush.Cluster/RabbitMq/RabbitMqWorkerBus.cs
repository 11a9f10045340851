using System.Buffers.Binary;
using System.Collections.Concurrent;
using Onrush.Runs.Journal;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Onrush.Cluster;

/// <summary>
/// A worker's end of a cluster in RabbitMQ. It may write to one exchange and read its own inbox; it cannot connect before a coordinator has declared the
/// cluster. Its inbox goes with its connection.
/// </summary>
internal sealed class RabbitMqWorkerBus : IWorkerBus
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Heartbeat = TimeSpan.FromSeconds(2), Answer = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<string> _rejected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BrokerAddress _address;
    private readonly BrokerNames _names;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly BrokerLoop _loop;
    private readonly Duties<Action<IWorkerBusHandler>> _calls;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _asked = new();
    private readonly byte[] _name;
    private IWorkerBusHandler? _handler;
    private Open? _open;
    private string? _lastProblem;

    public RabbitMqWorkerBus(BrokerAddress address, string worker, Action<string> warn, TimeProvider? time = null)
    {
        (_address, Worker, _time, _warn) = (address, worker, time ?? TimeProvider.System, warn);
        _name = System.Text.Encoding.UTF8.GetBytes(worker);
        _names = new BrokerNames(address.Cluster);
        _calls = new Duties<Action<IWorkerBusHandler>>(call => call(_handler!));
        _loop = new BrokerLoop(address, OpenAsync, OnOpen, OnClosed, _time);
    }

    public string Worker { get; }

    public bool IsConnected => Volatile.Read(ref _open) is { IsTold: true };

    /// <summary>Completes with the reason when trying again cannot help: the user, the password or the certificate is wrong.</summary>
    public Task<string> Rejected => _rejected.Task;

    public void Start(IWorkerBusHandler handler)
    {
        _handler = handler;
        _loop.Start();
        _ = RejectAsync();
    }

    public Task AppendAsync(ClusterRecord record, CancellationToken cancel) =>
        Current.Publish.PublishAsync(_names.In, BrokerNames.Report, RecordWire.Write(record), cancel);

    public async Task<long> AskTimeAsync(CancellationToken cancel)
    {
        var question = Guid.NewGuid().ToString("N");
        var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[question] = answer;
        try
        {
            await Current.Beats.SendAsync(_names.In, BrokerNames.Ask, _name, cancel, question).ConfigureAwait(false);
            return await answer.Task.WaitAsync(Answer, _time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new BusException("the master does not tell the time", exception);
        }
        finally
        {
            _asked.TryRemove(question, out _);
        }
    }

    public Task<SharedContents> FetchAsync(string hash, CancellationToken cancel)
    {
        var open = Current;
        return BrokerFiles.FetchAsync(open.Session, open.Connection, _names, hash, _time, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _open) is { IsTold: true } open)
            await open.Beats.SendAsync(_names.In, BrokerNames.Beat, _name, CancellationToken.None, BeatBoard.Farewell).ConfigureAwait(false);
        await _loop.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RejectAsync()
    {
        if (await _loop.First.ConfigureAwait(false) is { } problem)
            _rejected.TrySetResult(BrokerFault.Describe(problem, _address));
    }

    private Open Current => Volatile.Read(ref _open) ?? throw new BusException("there is no connection to the broker");

    private async Task OpenAsync(BrokerSession session, CancellationToken cancel)
    {
        var connection = await session.ConnectAsync($"onrush worker {Worker}", Heartbeat, cancel).ConfigureAwait(false);
        var inbox = await session.ChannelAsync(connection, confirms: false, cancel).ConfigureAwait(false);

        // Before anything is declared: a worker that waits for a master leaves nothing in the broker, not even for the moment of an attempt.
        await inbox.ExchangeDeclarePassiveAsync(_names.Control, cancel).ConfigureAwait(false);

        // A broker that has just started finds its exchanges at once and its streams a while later.
        await inbox.QueueDeclarePassiveAsync(_names.Journal, cancel).ConfigureAwait(false);
        var queue = _names.WorkerInbox(Worker);
        await inbox.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel).ConfigureAwait(false);
        await inbox.QueueBindAsync(queue, _names.Control, BrokerNames.All, cancellationToken: cancel).ConfigureAwait(false);
        await inbox.QueueBindAsync(queue, _names.Control, Worker, cancellationToken: cancel).ConfigureAwait(false);
        var publish = await ConfirmedChannel.OpenAsync(session, connection, cancel).ConfigureAwait(false);
        var beats = new PlainChannel(await session.ChannelAsync(connection, confirms: false, cancel).ConfigureAwait(false));
        await session.ConsumeAsync(inbox, queue, confirm: false, null, OnDelivery, cancel).ConfigureAwait(false);
        Volatile.Write(ref _open, new Open(session, connection, publish, beats));
    }

    private void OnOpen()
    {
        var open = _open!;
        open.IsTold = true;
        _lastProblem = null;
        _calls.Post(static handler => handler.OnConnected());
        new Thread(() => BeatWhile(open)) { IsBackground = true, Name = "beats" }.Start();
    }

    private void OnClosed(string reason)
    {
        var open = Interlocked.Exchange(ref _open, null);
        open?.Publish.Dispose();
        if (open is { IsTold: true })
        {
            _calls.Post(handler => handler.OnDisconnected(reason));
        }
        else if (reason != _lastProblem)
        {
            // It is tried again and again: said once.
            _lastProblem = reason;
            _warn(reason);
        }
    }

    // A thread of its own: a beat says that the process lives, so nothing else may hold it up.
    private void BeatWhile(Open open)
    {
        do
        {
            open.Beats.SendAsync(_names.In, BrokerNames.Beat, _name, CancellationToken.None).GetAwaiter().GetResult();
        }
        while (!open.Session.Ended.Wait(Beat));
    }

    private Task OnDelivery(BasicDeliverEventArgs delivery)
    {
        switch (delivery.BasicProperties.Type)
        {
            case Letters.Time when delivery.Body.Length == sizeof(long) && _asked.TryRemove(delivery.BasicProperties.CorrelationId ?? "", out var asked):
                asked.TrySetResult(BinaryPrimitives.ReadInt64LittleEndian(delivery.Body.Span));
                break;
            case Letters.Message:
                try
                {
                    var message = MessageWire.Read(delivery.Body.Span);
                    _calls.Post(handler => handler.OnMessage(message));
                }
                catch (DamagedDataException exception)
                {
                    _warn($"a message was refused: {exception.Message}");
                }

                break;
        }

        return Task.CompletedTask;
    }

    private sealed record Open(BrokerSession Session, IConnection Connection, ConfirmedChannel Publish, PlainChannel Beats)
    {
        public volatile bool IsTold;
    }
}
