using Onrush.Measurement;

namespace Onrush.Outputs.Pipeline;

/// <summary>How an output writes down single requests. Used by one thread at a time, that of the feed.</summary>
internal interface IRequestEncoder
{
    /// <summary>Number of records that a request which was lost would have been.</summary>
    int RecordsOfLost { get; }

    /// <summary>Writes down a request.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="take">Gets a batch when there is enough for one.</param>
    void Add(in RequestEntry entry, Action<OutputBatch> take);

    /// <summary>Called many times a second: makes a batch of what has waited for long.</summary>
    void Rest(Action<OutputBatch> take);

    /// <summary>Makes a batch of what is left.</summary>
    void End(Action<OutputBatch> take);
}
