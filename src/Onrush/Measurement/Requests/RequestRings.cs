using System.Collections.Concurrent;

namespace Onrush.Measurement;

/// <summary>The rings of all loops of a run. Made before the loops; any thread may ask.</summary>
internal sealed class RequestRings
{
    private readonly ConcurrentDictionary<int, RequestRing> _rings = [];

    /// <summary>All there are so far.</summary>
    public ICollection<RequestRing> All => _rings.Values;

    /// <summary>Requests that found no room, of all loops.</summary>
    public long Dropped => _rings.Values.Sum(r => r.Dropped);

    /// <summary>The ring of a loop.</summary>
    public RequestRing Of(int loop) => _rings.GetOrAdd(loop, _ => new RequestRing());
}
