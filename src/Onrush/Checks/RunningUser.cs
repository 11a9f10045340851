using Onrush.Engine;

namespace Onrush.Checks;

/// <summary>
/// The user whose code runs, also behind an await and on other threads that the code began. A metric is a static field and has no other way to its user.
/// It costs every await a few nanoseconds, so it is only kept once a load test has metrics.
/// </summary>
internal static class RunningUser
{
    private static readonly AsyncLocal<UserRuntime?> Flowing = new();
    private static volatile bool _isKept;

    /// <summary>The user; null outside of users.</summary>
    public static UserRuntime? Current => Flowing.Value;

    /// <summary>From now on it is known which user runs.</summary>
    public static void Keep() => _isKept = true;

    /// <summary>What follows in this flow is code of the user.</summary>
    public static void Enter(UserRuntime user)
    {
        if (_isKept)
            Flowing.Value = user;
    }
}
