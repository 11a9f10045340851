namespace Onrush.Measurement;

/// <summary>Iterations of one scenario in one interval half. Hot: owned by the thread that holds the half.</summary>
internal sealed class ScenarioCounters(string name, ChunkPool pool)
{
    /// <summary>Name of the scenario.</summary>
    public string Name { get; } = name;

    /// <summary>Iterations that an exception ended.</summary>
    public long Failed;

    /// <summary>How long iterations took.</summary>
    public readonly Histogram Duration = new(pool);

    /// <summary>How late scheduled iterations started.</summary>
    public readonly Histogram Lateness = new(pool);

    /// <summary>Sets everything to zero and keeps the memory.</summary>
    public void Clear()
    {
        Failed = 0;
        Duration.Clear();
        Lateness.Clear();
    }
}
