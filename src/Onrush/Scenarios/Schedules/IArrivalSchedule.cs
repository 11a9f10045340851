namespace Onrush.Scenarios;

/// <summary>When iterations are due, whatever the target does. Times are nanoseconds from the scenario's start, computed, never added up.</summary>
internal interface IArrivalSchedule
{
    /// <summary>Number of arrivals up to the regular end; <see cref="long.MaxValue"/> without one.</summary>
    long Count { get; }

    /// <summary>The regular end; <see cref="long.MaxValue"/> without one.</summary>
    long RegularEndNs { get; }

    /// <summary>Instant of arrival <paramref name="k"/>, from 0 and below <see cref="Count"/>. Never before that of the arrival in front of it.</summary>
    long DueNs(long k);
}
