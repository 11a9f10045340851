namespace Onrush.Engine;

/// <summary>
/// Where a user stands towards its end. It moves down this list, but for one way back; who moves it when is in the table of ScenarioUser:
/// <list type="table">
/// <item><term>Running → Leaving</term><description>asked to go: a wait ends at once, an iteration may finish (stop timeout)</description></item>
/// <item><term>Leaving → Running</term><description>wanted again before its code was told</description></item>
/// <item><term>Leaving → Draining</term><description>the stop timeout is over: requests under way may come back, nothing new begins</description></item>
/// <item><term>Draining → Killed</term><description>requests still under way are cancelled</description></item>
/// <item><term>any → Ended</term><description>its loop has returned</description></item>
/// </list>
/// </summary>
internal enum UserState : byte
{
    /// <summary>As the load test has it.</summary>
    Running,

    /// <summary>Leaves after the iteration that is running.</summary>
    Leaving,

    /// <summary>Begins nothing any more.</summary>
    Draining,

    /// <summary>Cut.</summary>
    Killed,

    /// <summary>Gone.</summary>
    Ended,
}
