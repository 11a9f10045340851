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

    /// <summary>Time from the due start of scheduled iterations to their end.</summary>
    public readonly Histogram FromDue = new(pool);

    /// <summary>Iterations that fell due on a schedule, whatever became of them.</summary>
    public long Offered;

    /// <summary>Iterations that were due and were never started.</summary>
    public long Dropped;

    /// <summary>Iterations that were cut by the stop of their user.</summary>
    public long Interrupted;

    /// <summary>Whether anything was counted.</summary>
    public bool HasAny => Duration.Count > 0 || Offered > 0 || Dropped > 0 || Interrupted > 0;

    /// <summary>Sets everything to zero and keeps the memory.</summary>
    public void Clear()
    {
        Failed = Offered = Dropped = Interrupted = 0;
        Duration.Clear();
        Lateness.Clear();
        FromDue.Clear();
    }
}
