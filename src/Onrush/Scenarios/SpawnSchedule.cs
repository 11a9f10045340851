using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>
/// When users are started or stopped on the way from one number to another: one at a time, the first at once, step k due at
/// start + k / rate. So they are spread evenly inside each second, where Locust starts a whole second's worth in one instant. Users are
/// started in slots from the bottom and stopped from the top, the last one first. Pure arithmetic.
/// </summary>
/// <param name="From">Number of users at the start.</param>
/// <param name="Target">Number of users at the end.</param>
/// <param name="Rate">Users per second, above 0.</param>
/// <param name="StartNs">Instant of the first step, in nanoseconds.</param>
internal readonly record struct SpawnSchedule(int From, int Target, double Rate, long StartNs)
{
    // A century. What a tiny rate puts off for longer must not turn over into the past.
    private const double NeverNs = 3.2e18;

    /// <summary>Number of users to start or to stop.</summary>
    public int Steps => Math.Abs(Target - From);

    /// <summary>True when users are started.</summary>
    public bool Grows => Target > From;

    /// <summary>Instant of the last step; the start when there is none.</summary>
    public long EndNs => Steps == 0 ? StartNs : DueNs(Steps - 1);

    /// <summary>Instant at which step <paramref name="step"/> is due, from 0. Computed from the start, never added up.</summary>
    public long DueNs(int step) => StartNs + (long)Math.Min(step * (double)MonotonicClock.Second / Rate, NeverNs);

    /// <summary>Slot of the user that step <paramref name="step"/> starts or stops.</summary>
    public int SlotOf(int step) => Grows ? From + step : From - 1 - step;

    /// <summary>Number of steps that are due at <paramref name="nowNs"/>.</summary>
    public int StepsDue(long nowNs)
    {
        if (nowNs < StartNs)
            return 0;

        var due = (int)Math.Min(Steps, (nowNs - StartNs) * Rate / MonotonicClock.Second + 1);
        // The estimate and DueNs round on their own.
        while (due > 0 && DueNs(due - 1) > nowNs)
            due--;
        while (due < Steps && DueNs(due) <= nowNs)
            due++;
        return due;
    }

    /// <summary>Number of users there should be at <paramref name="nowNs"/>.</summary>
    public int UsersAt(long nowNs) => Grows ? From + StepsDue(nowNs) : From - StepsDue(nowNs);
}
