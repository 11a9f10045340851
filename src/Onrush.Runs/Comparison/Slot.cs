namespace Onrush.Runs.Comparison;

/// <summary>A stretch of a run, at least a second long, with what each endpoint gave in it.</summary>
internal sealed class Slot
{
    /// <summary>Length in seconds for which there are reports.</summary>
    public double Seconds { get; set; }

    /// <summary>True while the number of users was on its way somewhere else in any of its seconds.</summary>
    public bool Ramping { get; set; }

    /// <summary>Seconds in which the generator was the limit.</summary>
    public int BoundSeconds { get; set; }

    /// <summary>What the endpoints gave.</summary>
    public Dictionary<Endpoint, EndpointPart> Parts { get; } = [];

    /// <summary>Adds what an endpoint gave.</summary>
    public void Add(Endpoint endpoint, EndpointPart part) => Parts[endpoint] = Parts.TryGetValue(endpoint, out var present) ? EndpointPart.Merge(present, part) : part;

    /// <summary>Adds the slot after this one.</summary>
    public void Add(Slot next)
    {
        Seconds += next.Seconds;
        Ramping |= next.Ramping;
        BoundSeconds += next.BoundSeconds;
        foreach (var (endpoint, part) in next.Parts)
            Add(endpoint, part);
    }
}
