using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>
/// When users are started or stopped on the way from one number to another: one at a time, the first at once, step k due at
/// k / rate. So they are spread evenly inside each second, where Locust starts a whole second's worth in one instant. Users are
/// started in slots from the bottom and stopped from the top, the last one first. Pure arithmetic.
/// </summary>
/// <param name="From">Number of users at the start.</param>
/// <param name="Target">Number of users at the end.</param>
/// <param name="Rate">Users per second, above 0.</param>
/// <param name="RegularEndNs">The regular end, in nanoseconds from the start; <see cref="long.MaxValue"/> without one.</param>
internal sealed record SpawnSchedule(int From, int Target, double Rate, long RegularEndNs = long.MaxValue) : IUserSchedule
{
    // A century. What a tiny rate puts off for longer must not turn over into the past.
    private const double NeverNs = 3.2e18;

    /// <inheritdoc/>
    public int MostUsers => Math.Max(From, Target);

    /// <inheritdoc/>
    public long Steps => Math.Abs((long)Target - From);

    /// <summary>True when users are started.</summary>
    public bool Grows => Target > From;

    /// <summary>Nanoseconds from the start to the last step; 0 when there is none.</summary>
    public long LengthNs => Steps == 0 ? 0 : DueNs(Steps - 1);

    /// <inheritdoc/>
    public UserStep Step(long i) => new(DueNs(i), Grows ? From + (int)i : From - 1 - (int)i, Grows);

    /// <summary>Number of steps that are due so many nanoseconds from the start.</summary>
    public long StepsDue(long elapsedNs)
    {
        if (elapsedNs < 0)
            return 0;

        var due = (long)Math.Min(Steps, elapsedNs * Rate / MonotonicClock.Second + 1);
        // The estimate and DueNs round on their own.
        while (due > 0 && DueNs(due - 1) > elapsedNs)
            due--;
        while (due < Steps && DueNs(due) <= elapsedNs)
            due++;
        return due;
    }

    /// <summary>Number of users there should be so many nanoseconds from the start.</summary>
    public int UsersAt(long elapsedNs) => Grows ? From + (int)StepsDue(elapsedNs) : From - (int)StepsDue(elapsedNs);

    // Computed from the start, never added up.
    private long DueNs(long step) => (long)Math.Min(step * (double)MonotonicClock.Second / Rate, NeverNs);
}
