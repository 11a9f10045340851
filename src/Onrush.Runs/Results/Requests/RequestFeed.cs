using Onrush.Measurement;

namespace Onrush.Runs.Results.Requests;

/// <summary>Gets every finished request of a run, on the thread of the feed.</summary>
internal interface IRequestReader
{
    /// <summary>Takes a request; the reference is good during the call. Whoever is slow here loses requests: the loops wait for nobody.</summary>
    void Take(in RequestEntry entry);

    /// <summary>Called whenever there is nothing to take for the moment, many times a second.</summary>
    /// <param name="dropped">Requests that were lost up to now, because the loops found no room for them.</param>
    void Pause(long dropped);
}

/// <summary>
/// Hands the requests of a run, one by one, to those who asked. The loops put them into rings, and a thread of this empties them; neither ever makes a loop
/// wait. Readers are added before the run, which begins with <see cref="Start"/>.
/// </summary>
internal sealed class RequestFeed : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly RequestRings _rings = new();
    private readonly List<IRequestReader> _readers = [];
    private readonly ManualResetEventSlim _end = new();
    private Thread? _thread;

    /// <summary>What the loops fill; null when nobody asked, so that they fill nothing.</summary>
    public RequestRings? Rings => _readers.Count > 0 ? _rings : null;

    /// <summary>Adds somebody who wants every request.</summary>
    public void Add(IRequestReader reader) => _readers.Add(reader);

    /// <summary>Begins to hand on, if anybody asked.</summary>
    public void Start()
    {
        if (_readers.Count == 0)
            return;
        _thread = new Thread(HandOn) { Name = "requests", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Hands on what is still there and returns when that is done. To be called when the loops have ended; again does nothing.</summary>
    public void Finish()
    {
        _end.Set();
        _thread?.Join();
        _thread = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Finish();

    private void HandOn()
    {
        bool last;
        do
        {
            last = _end.Wait(Beat);
            foreach (var ring in _rings.All)
                ring.Drain(Take);
            foreach (var reader in _readers)
                reader.Pause(_rings.Dropped);
        }
        while (!last);
    }

    private void Take(in RequestEntry entry)
    {
        foreach (var reader in _readers)
            reader.Take(entry);
    }
}
