namespace Onrush.Measurement;

/// <summary>
/// Zeroed chunks of bucket counts for the histograms of one interval half. Belongs to whoever holds the half: its loop's thread while
/// it is being filled, the reader afterwards. Memory follows what one interval touches, not everything that was ever touched.
/// </summary>
internal sealed class ChunkPool
{
    private readonly Stack<int[]> _free = new();

    /// <summary>A zeroed chunk; allocates when none is left.</summary>
    public int[] Take() => _free.TryPop(out int[]? chunk) ? chunk : new int[HistogramLayout.SubBuckets];

    /// <summary>Takes a chunk back and zeroes it.</summary>
    public void Return(int[] chunk)
    {
        Array.Clear(chunk);
        _free.Push(chunk);
    }
}
