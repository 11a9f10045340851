using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>How many users of each class there are, for the task ratio.</summary>
internal static class UserShares
{
    // Enough for shares to show in a percentage with one decimal, where nobody said how many users there are to be.
    private const int Assumed = 10_000;

    /// <param name="test">The load test.</param>
    /// <param name="users">Number of users; null when it is not known, so that weights alone count.</param>
    public static TaskRatio Ratio(LoadTestDefinition test, int? users)
    {
        int[] counts = new UserSequence(test.Users).CountsFor(Math.Max(users ?? Assumed, 1));
        return TaskRatio.Of(test.Users, counts);
    }
}
