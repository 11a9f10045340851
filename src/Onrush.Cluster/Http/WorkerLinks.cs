namespace Onrush.Cluster;

/// <summary>
/// Who of the workers is there, as the master's end of the HTTP bus can tell: each asks for its messages over and over, and the request that is held tells
/// when its connection ends. Between two requests, and between joining and the first, nothing would; so what is no more than a while without one counts
/// as connected. Any thread may call it.
/// <code>
/// joined, or a request for messages was answered     connected for five seconds
/// a request for messages is held                     connected
/// such a request broke off                           not connected, unless the worker has joined anew or another one is held
/// a beat, a record                                   heard, and nothing else: it may have been on its way when the connection broke
/// </code>
/// </summary>
internal sealed class WorkerLinks(TimeProvider time)
{
    /// <summary>How long a worker may take until it asks for messages again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Link> _links = [];

    /// <summary>Everybody who ever joined.</summary>
    public IReadOnlyList<WorkerPresence> Everybody
    {
        get
        {
            var now = time.GetTimestamp();
            lock (_links)
                return [.. _links.Select(link => new WorkerPresence(link.Key, link.Value.HeardAt, link.Value.Held > 0 || now < link.Value.Until))];
        }
    }

    /// <summary>A worker has joined, the first time or again.</summary>
    public void Joined(string worker)
    {
        var now = time.GetTimestamp();
        lock (_links)
            _links[worker] = new Link { HeardAt = now, Until = now + GraceTicks };
    }

    /// <summary>A worker gave a sign of life.</summary>
    public void Heard(string worker)
    {
        var now = time.GetTimestamp();
        lock (_links)
        {
            if (_links.TryGetValue(worker, out var link))
                link.HeardAt = now;
        }
    }

    /// <summary>A request for messages is held from here on.</summary>
    /// <returns>The link that it belongs to: the end of a connection may be heard after the next one was made.</returns>
    public Link? Holds(string worker)
    {
        lock (_links)
        {
            if (_links.TryGetValue(worker, out var link))
                link.Held++;
            return link;
        }
    }

    /// <summary>A request that was held was answered.</summary>
    public void Answered(Link link) => End(link, time.GetTimestamp() + GraceTicks);

    /// <summary>A request that was held broke off.</summary>
    public void BrokeOff(Link link) => End(link, long.MinValue);

    private long GraceTicks => (long)(Grace.TotalSeconds * time.TimestampFrequency);

    private void End(Link link, long until)
    {
        lock (_links)
            (link.Held, link.Until) = (link.Held - 1, until);
    }

    /// <summary>A worker since it joined last. Only <see cref="WorkerLinks"/> reads and changes it.</summary>
    internal sealed class Link
    {
        public long HeardAt { get; set; }

        public int Held { get; set; }

        public long Until { get; set; } = long.MinValue;
    }
}
