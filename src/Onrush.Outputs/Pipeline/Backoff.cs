namespace Onrush.Outputs.Pipeline;

/// <summary>
/// How long to wait before the next attempt: full jitter under a bound that doubles from 0.2 s to 20 s, so that many senders that failed together do not come
/// back together. Towards the end of a run the bound is 2 s, since what is not sent then is lost.
/// </summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestInDrain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    /// <summary>The wait before an attempt.</summary>
    /// <param name="failures">Attempts that failed so far, at least 1.</param>
    /// <param name="asked">How long the other side wants to be left alone; null when it did not say.</param>
    /// <param name="draining">Whether the run is over.</param>
    public TimeSpan Before(int failures, TimeSpan? asked, bool draining)
    {
        if (asked is { } length)
            return length < TimeSpan.Zero ? TimeSpan.Zero : length < LongestAsked ? length : LongestAsked;
        var bound = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)), (draining ? LongestInDrain : Longest).TotalSeconds);
        return TimeSpan.FromSeconds(bound * random.NextDouble());
    }
}
