namespace Onrush;

/// <summary>
/// What user code throws to steer its user instead of to report an error. The helper methods of a user and of a task set throw these;
/// code that stands elsewhere may throw them itself. Never counted as an error.
/// </summary>
public abstract class ControlFlowException : Exception
{
    private protected ControlFlowException(string message) : base(message)
    {
    }
}

/// <summary>Ends the task quietly; the user waits as usual and picks the next.</summary>
public sealed class RescheduleTaskException() : ControlFlowException("The task was ended.");

/// <summary>Ends the task quietly; the user picks the next without waiting.</summary>
public sealed class RescheduleTaskImmediatelyException() : ControlFlowException("The task was ended; the next one follows at once.");

/// <summary>Leaves the task set that is running; what encloses it goes on.</summary>
/// <param name="reschedule">True goes on at once, false after the wait time.</param>
public sealed class InterruptTaskSetException(bool reschedule = true) : ControlFlowException("InterruptTaskSetException was thrown outside of a task set: there is nothing to leave.")
{
    /// <summary>Whether what encloses the set goes on at once.</summary>
    public bool Reschedule { get; } = reschedule;
}

/// <summary>Ends this user; the others go on.</summary>
/// <param name="reason">Counted and shown in the results; without one the user ends quietly.</param>
public sealed class StopUserException(string? reason = null) : ControlFlowException(reason ?? "The user ended itself.")
{
    /// <summary>Why the user ended; null when that is not worth counting.</summary>
    public string? Reason { get; } = reason;
}

/// <summary>Ends the whole run.</summary>
/// <param name="reason">Shown to the person who runs the test.</param>
public sealed class StopTestException(string reason = "The load test ended the run.") : ControlFlowException(reason);
