namespace Onrush.Users;

/// <summary>
/// Where one user stands in its schedule (<see cref="WaitTime.ConstantPacing"/>, <see cref="WaitTime.ConstantThroughput"/>). Owned by a
/// user or a task set and touched only by its loop's thread.
/// </summary>
internal sealed class Pace
{
    private WaitTime _rule;
    private long _anchorNs;
    private long _steps;

    /// <summary>The iteration that starts now is the first of the schedule.</summary>
    public void Begin(in WaitTime rule, long startNs)
    {
        _rule = rule;
        _anchorNs = startNs;
        _steps = 0;
    }

    /// <summary>The instant at which the next iteration is due; it may have passed.</summary>
    /// <param name="rule">The rule now; another one than before starts the schedule anew.</param>
    /// <param name="startedNs">Start of the iteration that has just finished.</param>
    /// <param name="nowNs">The time now.</param>
    public long Next(in WaitTime rule, long startedNs, long nowNs)
    {
        if (rule != _rule)
            Begin(rule, startedNs);

        // Computed from the start, never added up: thousands of steps must not drift by their roundings.
        if (rule.CatchesUp)
            return _anchorNs + (long)(++_steps * rule.PeriodNs);

        var dueNs = _anchorNs + (long)rule.PeriodNs;
        _anchorNs = Math.Max(dueNs, nowNs);
        return dueNs;
    }
}
