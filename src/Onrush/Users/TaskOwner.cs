using System.Diagnostics.CodeAnalysis;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// What <see cref="User"/> and <see cref="TaskSet"/> have in common: something that has tasks, a wait time between them, a start and
/// an end. Load tests derive from those two.
/// </summary>
public abstract partial class TaskOwner
{
    private Pace? _pace;

    private protected TaskOwner()
    {
    }

    /// <summary>A random source of this user alone: a run with the same seed gives the user of the same number the same numbers.</summary>
    public Random Random => Self.AuthorRandom;

    /// <summary>
    /// Cancelled when the user is cut, which means after the stop timeout, and once it has ended. Hand it to calls that would
    /// otherwise outlive the user. An iteration that may still finish is not disturbed.
    /// </summary>
    public CancellationToken StopToken => Self.CutToken;

    /// <summary>
    /// What lies between two tasks. It is read after each task, so it may change. Unless overridden a task set waits as its user does,
    /// and a user does not wait.
    /// </summary>
    protected virtual WaitTime WaitTime => default;

    /// <summary>The wait time as it is now; reading it finds numbers that it refuses.</summary>
    internal WaitTime DeclaredWaitTime => WaitTime;

    /// <summary>The user that performs the tasks.</summary>
    internal abstract User Self { get; }

    /// <summary>
    /// Runs once before the first task; in a task set each time it is entered. A user whose start throws performs nothing: it is
    /// counted as an error and ends.
    /// </summary>
    public virtual ValueTask OnStartAsync() => default;

    /// <summary>Runs once after the last task; in a task set each time it is left. It runs as well when the user is stopped.</summary>
    public virtual ValueTask OnStopAsync() => default;

    /// <summary>Ends the task quietly: no error is counted, the user waits as usual and picks the next task.</summary>
    [DoesNotReturn]
    protected static void Reschedule() => throw new RescheduleTaskException();

    /// <summary>Ends the task quietly: no error is counted, the user picks the next task without waiting.</summary>
    [DoesNotReturn]
    protected static void RescheduleImmediately() => throw new RescheduleTaskImmediatelyException();

    /// <summary>Ends this user; the others go on.</summary>
    /// <param name="reason">Counted and shown in the results; without one the user ends quietly.</param>
    [DoesNotReturn]
    protected static void StopUser(string? reason = null) => throw new StopUserException(reason);

    /// <summary>Ends the whole run.</summary>
    /// <param name="reason">Shown to the person who runs the test.</param>
    [DoesNotReturn]
    protected static void StopTest(string reason) => throw new StopTestException(reason);

    /// <summary>Picks the task that comes next.</summary>
    internal abstract TaskNode NextTask();

    /// <summary>When the first task starts as seen by its own schedule, or what it was entered with if it has none.</summary>
    internal long FirstDue(long enteredDueNs)
    {
        var rule = WaitTime;
        if (!rule.IsScheduled)
            return enteredDueNs;

        var nowNs = Self.Runtime.Now;
        (_pace ??= new Pace()).Begin(rule, nowNs);
        return nowNs;
    }

    /// <summary>When the next task starts.</summary>
    /// <param name="startedNs">Start of the task that has just finished.</param>
    /// <param name="nowNs">The time now.</param>
    internal NextStart PlanNext(long startedNs, long nowNs)
    {
        var rule = WaitTime;
        if (rule.IsScheduled)
            return new NextStart((_pace ??= new Pace()).Next(rule, startedNs, nowNs), Scheduled: true);
        if (rule.IsUnset && this is not User)
            return Self.PlanNext(startedNs, nowNs);
        return new NextStart(nowNs + rule.ThinkNs(Self), Scheduled: false);
    }
}
