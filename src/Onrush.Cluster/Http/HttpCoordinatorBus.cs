using System.Collections.Concurrent;
using System.Globalization;

namespace Onrush.Cluster;

/// <summary>
/// The master's end of the bus over HTTP: its log is in its memory, and what a worker appends is confirmed once the master has released it, which it does when
/// its journal has it. There is one candidate; after its end the next one begins with an empty log, and workers send again what was not confirmed.
/// </summary>
internal sealed class HttpCoordinatorBus : ICoordinatorBus
{
    private const int MostWorkers = 10_000;

    private readonly MemoryLog _log = new();
    private readonly ConcurrentDictionary<string, Mailbox> _mailboxes = new();
    private readonly WorkerLinks _links;
    private readonly ConcurrentDictionary<string, SharedContents> _contents = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Func<long> _clock;
    private HttpBusServer? _server;

    private HttpCoordinatorBus(string candidate, TimeProvider time, Func<long> clock) => (Candidate, _links, _clock) = (candidate, new WorkerLinks(time), clock);

    /// <inheritdoc/>
    public string Candidate { get; }

    /// <summary>Port that workers come in by.</summary>
    public int Port => _server!.Port;

    /// <inheritdoc/>
    public IReadOnlyList<WorkerPresence> Presence => _links.Everybody;

    /// <summary>Begins to listen for workers.</summary>
    /// <exception cref="BusException">The address cannot be had.</exception>
    public static async Task<HttpCoordinatorBus> StartAsync(HttpBusOptions options, string candidate, TimeProvider time, Action<string> log, Func<long>? clock = null)
    {
        var bus = new HttpCoordinatorBus(candidate, time, clock ?? (static () => RunClock.Now));
        bus._server = await HttpBusServer.StartAsync(bus, options, time, log).ConfigureAwait(false);
        return bus;
    }

    /// <inheritdoc/>
    public Task<ILeadership> LeadAsync(CancellationToken cancel) => Task.FromResult<ILeadership>(new Leadership(this));

    /// <inheritdoc/>
    public Task AppendAsync(ClusterRecord record, CancellationToken cancel)
    {
        if (_lost.IsCancellationRequested)
            return Task.FromException(new BusException("the bus is closed"));
        _log.Append(record);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IDisposable Read(long fromOffset, Action<LogRecord> onRecord) => _log.Read(fromOffset, onRecord);

    /// <inheritdoc/>
    public void Release(long offset) => _log.Release(offset);

    /// <inheritdoc/>
    public void Broadcast(CoordinatorMessage message)
    {
        foreach (var mailbox in _mailboxes.Values)
            mailbox.Add(message);
    }

    /// <inheritdoc/>
    public void SendTo(string worker, CoordinatorMessage message)
    {
        if (_mailboxes.TryGetValue(worker, out var mailbox))
            mailbox.Add(message);
    }

    /// <inheritdoc/>
    public Task OfferAsync(SharedContents contents, CancellationToken cancel)
    {
        _contents[contents.Hash] = contents;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lost.IsCancellationRequested)
            return;
        await _lost.CancelAsync().ConfigureAwait(false);
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A worker is there, the first time or again; what it missed it has to ask for. False when there are too many.</summary>
    internal bool Join(string worker)
    {
        if (_mailboxes.Count >= MostWorkers && !_mailboxes.ContainsKey(worker))
            return false;
        _mailboxes[worker] = new Mailbox();
        _links.Joined(worker);
        return true;
    }

    /// <summary>A worker gave a sign of life. False when it has not joined this master.</summary>
    internal bool Heard(string worker)
    {
        if (!_mailboxes.ContainsKey(worker))
            return false;
        _links.Heard(worker);
        return true;
    }

    /// <summary>How the requests of workers for messages stand.</summary>
    internal WorkerLinks Links => _links;

    internal Task AppendOfWorkerAsync(ClusterRecord record) => _log.WhenReleased(_log.Append(record));

    internal Mailbox? MailboxOf(string worker) => _mailboxes.GetValueOrDefault(worker);

    internal SharedContents? Find(string hash) => _contents.GetValueOrDefault(hash);

    internal string Clock => _clock().ToString(CultureInfo.InvariantCulture);

    private sealed class Leadership(HttpCoordinatorBus bus) : ILeadership
    {
        public CancellationToken Lost => bus._lost.Token;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
