namespace Onrush.Cluster.Tests;

/// <summary>Waits for what has to come, with a deadline that only a broken program passes.</summary>
internal static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static Task Holds(Func<bool> condition, string what) => Holds(condition, () => what);

    /// <param name="condition">What has to come.</param>
    /// <param name="what">Says what it is, and what is known, when it did not.</param>
    public static async Task Holds(Func<bool> condition, Func<string> what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"It did not come to this: {what()}");
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
