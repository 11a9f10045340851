namespace Onrush.Outputs.Pipeline;

/// <summary>What is sent at once, as it goes over the wire. Immutable.</summary>
/// <param name="Body">The bytes; not changed any more.</param>
/// <param name="Records">How many records they are: points, data or lines, as the output counts them.</param>
/// <param name="Extra">Whatever the output needs besides; null for most.</param>
internal sealed record OutputBatch(ReadOnlyMemory<byte> Body, long Records, object? Extra = null)
{
    /// <summary>What it counts for in the queue, in bytes.</summary>
    public long Weight { get; init; } = Body.Length + 100;
}
