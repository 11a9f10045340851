using System.Collections.Concurrent;

namespace Onrush.Testing.Targets.Counting;

/// <summary>
/// What a server saw, per path. At every instant: received = answered + cut + those being worked on. A client that has read a whole
/// response finds it counted.
/// </summary>
public sealed class PathCounts
{
    private readonly ConcurrentDictionary<string, PathCount> _paths = new();

    /// <summary>Paths that were asked for, without their queries.</summary>
    public IEnumerable<string> Paths => _paths.Keys;

    /// <summary>Requests received whole, over all paths.</summary>
    public long Received => _paths.Values.Sum(count => count.Received);

    /// <summary>Responses sent whole, over all paths.</summary>
    public long Answered => _paths.Values.Sum(count => count.Answered);

    /// <summary>Responses that could not be sent whole, over all paths.</summary>
    public long Cut => _paths.Values.Sum(count => count.Cut);

    /// <summary>The counts of one path.</summary>
    public PathCount this[string path] => _paths.GetOrAdd(path, static _ => new PathCount());
}

/// <summary>The counts of one path.</summary>
public sealed class PathCount
{
    private long _received;
    private long _answered;
    private long _cut;

    /// <summary>Requests received whole.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Responses sent whole.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Responses that could not be sent whole, because the client went away.</summary>
    public long Cut => Interlocked.Read(ref _cut);

    internal void CountReceived() => Interlocked.Increment(ref _received);

    // Counted before the last byte goes out and taken back when that fails: a client must never see a response before its count.
    internal void CountAnswered() => Interlocked.Increment(ref _answered);

    internal void TurnAnsweredIntoCut()
    {
        Interlocked.Decrement(ref _answered);
        Interlocked.Increment(ref _cut);
    }

    internal void CountCut() => Interlocked.Increment(ref _cut);
}
