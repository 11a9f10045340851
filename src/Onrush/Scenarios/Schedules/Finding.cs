namespace Onrush.Scenarios;

/// <summary>Finds a place in a schedule by its time; schedules are in order of time, so halving does.</summary>
internal static class Finding
{
    /// <summary>The first step that is due after an instant.</summary>
    public static long FirstAfter(this IUserSchedule schedule, long elapsedNs) => First(0, schedule.Steps, i => schedule.Step(i).DueNs > elapsedNs);

    /// <summary>The first arrival that is due at an instant or after it.</summary>
    public static long FirstFrom(this IArrivalSchedule schedule, long elapsedNs)
    {
        // Without an end there is always one; doubling finds an end to halve from.
        long most = 1;
        while (most < schedule.Count && schedule.DueNs(most) < elapsedNs)
            most = most > schedule.Count / 2 ? schedule.Count : most * 2;
        return First(0, Math.Min(most, schedule.Count), k => schedule.DueNs(k) >= elapsedNs);
    }

    private static long First(long low, long high, Func<long, bool> holds)
    {
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
