namespace Onrush.Cluster;

/// <summary>
/// What a cluster has in the broker. Coordinators declare all of it but the inboxes; the rights in deploy/rabbitmq/definitions.json follow these names.
/// <code>
/// journal    stream      the log: bound to "in" by report and to "out" by journal
/// files      stream      what workers fetch by hash, in pieces
/// lead       queue       whose single active consumer leads: bound to "out" by lead
/// in         exchange    all that a worker may write to: report, and beat and ask, which go to every coordinator
/// out        exchange    what coordinators write to the log
/// ctl        exchange    to workers: all, or the name of one
/// w.NAME.X   queue       inbox of a worker, of its connection only
/// c.NAME.X   queue       inbox of a coordinator, of its connection only
/// </code>
/// </summary>
internal sealed class BrokerNames(string cluster)
{
    public const string Report = "report", Beat = "beat", Ask = "ask", Record = "journal", Probe = "lead", All = "all";

    private readonly string _prefix = $"onrush.{cluster}.";

    public string Journal => _prefix + "journal";

    public string Files => _prefix + "files";

    public string Lead => _prefix + "lead";

    public string In => _prefix + "in";

    public string Out => _prefix + "out";

    public string Control => _prefix + "ctl";

    /// <summary>A new inbox each time: after a freeze the connection before may still own its own.</summary>
    public string WorkerInbox(string worker) => $"{_prefix}w.{worker}.{Guid.NewGuid():N}";

    /// <inheritdoc cref="WorkerInbox"/>
    public string CoordinatorInbox(string candidate) => $"{_prefix}c.{candidate}.{Guid.NewGuid():N}";
}
