using Onrush.Measurement;

namespace Onrush.Tests.Scenarios.Running;

internal static class Counted
{
    /// <summary>Whether nothing at all was counted.</summary>
    public static bool HasNothing(this IterationInterval counts) =>
        counts is { Failed: 0, Duration.Count: 0, Offered: 0, Dropped: 0, Interrupted: 0 };
}
