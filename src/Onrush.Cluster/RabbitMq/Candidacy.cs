using RabbitMQ.Client;

namespace Onrush.Cluster;

/// <summary>
/// Whether a candidate leads. Every candidate sends a probe into the queue "lead" each 200 ms, and the broker hands what is in it to one consumer only, the oldest: who
/// receives probes leads. Two seconds without one, the connection lost, or somebody's higher claim in the log: it leads no more.
/// <code>
/// state      event                          then
/// away       asked to lead                  waiting
/// waiting    a probe has come               leading
/// leading    no probe for 2 s               waiting for its consumer to be withdrawn: away
/// leading    a higher claim in the log      away
/// any        the connection is lost         waiting when it waited, away when it led
/// </code>
/// Any thread may call it.
/// </summary>
internal sealed class Candidacy(BrokerNames names, TimeProvider time)
{
    public static readonly TimeSpan ProbeEach = TimeSpan.FromMilliseconds(200), Lease = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private TaskCompletionSource<ILeadership>? _waiting;
    private Leadership? _leadership;
    private Attached? _attached;
    private bool _consumes;
    private long _epoch;
    private long _probedAt;

    /// <summary>Whether it stands for the lead, or leads.</summary>
    public bool Stands
    {
        get
        {
            lock (_gate)
                return _waiting is not null || _leadership is not null;
        }
    }

    /// <summary>Whether it leads.</summary>
    public bool Leads
    {
        get
        {
            lock (_gate)
                return _leadership is not null;
        }
    }

    /// <summary>Completes when it leads.</summary>
    public async Task<ILeadership> LeadAsync(CancellationToken cancel)
    {
        Task<ILeadership> leads;
        lock (_gate)
            leads = (_waiting ??= new TaskCompletionSource<ILeadership>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        await TryConsumeAsync(cancel).ConfigureAwait(false);
        return await leads.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Goes on on another connection.</summary>
    public async Task AttachAsync(BrokerSession session, IConnection connection, PlainChannel probes, CancellationToken cancel)
    {
        lock (_gate)
            (_attached, _consumes) = (new Attached(session, connection, probes), false);
        await ConsumeAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>The connection is lost.</summary>
    public void Detach()
    {
        lock (_gate)
            _attached = null;
        Lose();
    }

    /// <summary>To be called each <see cref="ProbeEach"/>.</summary>
    public async Task TickAsync()
    {
        Attached? attached;
        bool late;
        lock (_gate)
        {
            attached = _attached;
            late = _leadership is not null && time.GetElapsedTime(_probedAt) > Lease;
        }

        if (late)
        {
            // Its consumer may still be the one that the broker hands probes to; only the end of the connection makes sure that it is not.
            Lose();
            attached?.Session.End("no probe has come back for too long");
        }
        else if (attached is not null && Stands)
        {
            await attached.Probes.SendAsync(names.Out, BrokerNames.Probe, ReadOnlyMemory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>It is about to claim an epoch.</summary>
    public void Claims(long epoch)
    {
        lock (_gate)
            _epoch = Math.Max(_epoch, epoch);
    }

    /// <summary>Somebody else has claimed an epoch.</summary>
    public void SawClaim(long epoch)
    {
        lock (_gate)
        {
            // Claims from before its own are history.
            if (_epoch == 0 || epoch <= _epoch)
                return;
        }

        Lose();
    }

    // Where this fails the connection is of no use, and the next one consumes.
    private async Task TryConsumeAsync(CancellationToken cancel)
    {
        try
        {
            await ConsumeAsync(cancel).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it ends the connection.
        catch (Exception exception) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Attached? attached;
            lock (_gate)
                attached = _attached;
            attached?.Session.End($"the lead cannot be waited for: {exception.Message}");
        }
    }

    private async Task ConsumeAsync(CancellationToken cancel)
    {
        Attached? attached;
        lock (_gate)
        {
            attached = _attached;
            if (attached is null || _waiting is null || _consumes)
                return;
            _consumes = true;
        }

        // A channel of its own: stepping down closes it.
        var channel = await attached.Session.ChannelAsync(attached.Connection, confirms: false, cancel).ConfigureAwait(false);
        await attached.Session.ConsumeAsync(channel, names.Lead, confirm: false, null, _ =>
        {
            Probed();
            return Task.CompletedTask;
        }, cancel).ConfigureAwait(false);
    }

    private void Probed()
    {
        lock (_gate)
        {
            _probedAt = time.GetTimestamp();
            if (_leadership is not null || _waiting is not { } waiting)
                return;
            (_leadership, _waiting, _epoch) = (new Leadership(this), null, 0);
            waiting.TrySetResult(_leadership);
        }
    }

    private void Lose()
    {
        Leadership? lost;
        lock (_gate)
            (lost, _leadership) = (_leadership, null);
        lost?.Tell();
    }

    // Who steps down gives its place in the queue of consumers up, and with it the connection: the next one is made as somebody who does not lead.
    private void StepDown()
    {
        Attached? attached;
        lock (_gate)
            attached = _attached;
        Lose();
        attached?.Session.End("it stepped down");
    }

    private sealed record Attached(BrokerSession Session, IConnection Connection, PlainChannel Probes);

    private sealed class Leadership(Candidacy candidacy) : ILeadership
    {
        private readonly CancellationTokenSource _lost = new();

        public CancellationToken Lost => _lost.Token;

        public void Tell() => _lost.Cancel();

        public ValueTask DisposeAsync()
        {
            if (!_lost.IsCancellationRequested)
                candidacy.StepDown();
            return ValueTask.CompletedTask;
        }
    }
}
