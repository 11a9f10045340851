namespace Onrush.Scenarios;

/// <summary>When users start and are asked to stop, each by its slot. Times are nanoseconds from the scenario's start, computed, never added up.</summary>
internal interface IUserSchedule
{
    /// <summary>The most users at one time: slots are numbered below it.</summary>
    int MostUsers { get; }

    /// <summary>Number of steps.</summary>
    long Steps { get; }

    /// <summary>When no iteration may begin any more and all users that are left are asked to stop; no step does that.</summary>
    long RegularEndNs { get; }

    /// <summary>Step <paramref name="i"/>, from 0; in order of time.</summary>
    UserStep Step(long i);

    /// <summary>Users there are after every step that is due at an instant or before it; they have the slots from 0 up.</summary>
    int UsersAt(long elapsedNs);
}

/// <summary>A user starts, or is asked to stop.</summary>
/// <param name="DueNs">Instant, in nanoseconds from the scenario's start.</param>
/// <param name="Slot">Which user, from 0.</param>
/// <param name="Start">True for a start.</param>
internal readonly record struct UserStep(long DueNs, int Slot, bool Start);
