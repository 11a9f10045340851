using System.Threading.Tasks.Sources;

namespace Onrush.Engine;

/// <summary>
/// What a user's loop may ask of the engine that carries it: time, waiting, recording. One per user; touched only by the thread of
/// the user's engine loop, except <see cref="EnsureOnLoopAsync"/>, which any thread may call.
/// </summary>
internal abstract partial class UserRuntime : LoopTimer
{
    /// <summary>The time now, in nanoseconds of the monotonic clock.</summary>
    public abstract long Now { get; }

    /// <summary>True once the user was asked to leave: it ends after the iteration that is running. Who has seen it may not stay any more.</summary>
    public abstract bool StopRequested { get; }

    /// <summary>
    /// Completes at <paramref name="dueNs"/> (monotonic nanoseconds). A due time that has passed completes at once.
    /// Ends early, with false, when the user is asked to leave; throws <see cref="UserKilledException"/> when it is cut.
    /// </summary>
    /// <param name="dueNs">Instant at which to go on.</param>
    /// <param name="exact">False for think time, which may be rounded up to a millisecond; true for starts that are due on a schedule.</param>
    public abstract ValueTask<bool> DelayUntilAsync(long dueNs, bool exact);

    /// <summary>
    /// Completes with true when the user's scenario has an iteration for it; with false when the user is asked to leave. Throws
    /// <see cref="UserKilledException"/> when it is cut.
    /// </summary>
    public abstract ValueTask<bool> ParkAsync();

    /// <summary>Completes at <paramref name="dueNs"/> also when the user was asked to leave meanwhile; throws <see cref="UserKilledException"/> when it is cut.</summary>
    /// <param name="dueNs">Instant at which to go on, rounded up to a millisecond.</param>
    public abstract ValueTask SleepUntilAsync(long dueNs);

    /// <summary>Goes on after the others of the loop had their turn.</summary>
    public abstract ValueTask YieldAsync();

    /// <summary>
    /// The operation that the user's code began last, if it can be awaited without its result: a task that returns it as it is, as
    /// <c>ValueTask&lt;Response&gt; Hello() => Client.GetAsync("/")</c> does, needs no async method around it then. Null when there is none.
    /// </summary>
    public virtual IValueTaskSource? Pending => null;

    /// <summary>The token of <see cref="Pending"/>.</summary>
    public virtual short PendingToken => 0;

    /// <summary>
    /// Whether a task of the user's code stands still for exactly the request begun last, so that nothing but its response can move it. Then
    /// <see cref="ResponseHandedOverAsync"/> tells when to look at it again, which is cheaper than to be told by the task.
    /// </summary>
    public virtual bool StandsForResponse(Task task) => false;

    /// <summary>Completes after the user's code has gone on with the next response, as far as it gets by that. Throws nothing.</summary>
    public virtual ValueTask ResponseHandedOverAsync() => default;

    /// <summary>
    /// Completes on the user's loop; at once when the caller is on it already. Which of both is decided by the thread that awaits, and
    /// the way back is posted by the await: posted before, it could be over by then, and the caller would go on where it is.
    /// </summary>
    public abstract ValueTask EnsureOnLoopAsync();

    /// <summary>Runs before each task method: the name the watchdog shows when the loop is blocked, and the schedule the requests belong to.</summary>
    /// <param name="task">Name of the task method.</param>
    /// <param name="dueNs">Instant at which the iteration should have started; -1 when it was not scheduled.</param>
    public abstract void IterationStarted(string task, long dueNs);

    /// <summary>Counts one finished iteration.</summary>
    /// <param name="startNs">Instant at which it started.</param>
    /// <param name="dueNs">Instant at which it should have started; -1 when it was not scheduled.</param>
    /// <param name="failed">Whether an exception ended it.</param>
    /// <returns>The instant at which it was counted.</returns>
    public abstract long IterationFinished(long startNs, long dueNs, bool failed);

    /// <summary>Counts an iteration that was cut with its user.</summary>
    public abstract void IterationInterrupted();

    /// <summary>Counts an unhandled exception of user code with its stack.</summary>
    /// <param name="task">Name of the task, OnStartAsync or OnStopAsync.</param>
    /// <param name="exception">What was thrown.</param>
    public abstract void UserError(string task, Exception exception);

    /// <summary>Called once when OnStartAsync has returned (true) or thrown (false).</summary>
    /// <param name="succeeded">Whether the user got past OnStartAsync.</param>
    public abstract void UserStarted(bool succeeded);

    /// <summary>Called before OnStopAsync: it may still make requests for a moment when the rest of the user may not.</summary>
    public abstract void UserStopping();

    /// <summary>Counts that the user ends itself for a reason.</summary>
    /// <param name="reason">Shown to the person who runs the test.</param>
    public abstract void UserStopped(string reason);

    /// <summary>Asks for the end of the whole run (StopTest).</summary>
    /// <param name="reason">Shown to the person who runs the test.</param>
    public abstract void StopTest(string reason);

    /// <summary>Measures one operation of another protocol: the index to hand to <see cref="MeasureFinished"/>.</summary>
    /// <param name="method">What Locust calls the request type, for instance SQL.</param>
    /// <param name="name">Name of the operation.</param>
    public abstract int MeasureStarted(string method, string name);

    /// <summary>Counts the operation begun with <see cref="MeasureStarted"/>.</summary>
    /// <param name="series">What <see cref="MeasureStarted"/> returned.</param>
    /// <param name="startNs">Instant at which it started.</param>
    /// <param name="bytes">Size of what was received, in bytes.</param>
    /// <param name="error">Null for a success, else the text of the failure.</param>
    public abstract void MeasureFinished(int series, long startNs, long bytes, string? error);

    /// <summary>The operation begun with <see cref="MeasureStarted"/> was cut with its user: neither a success nor a failure.</summary>
    /// <param name="series">What <see cref="MeasureStarted"/> returned.</param>
    /// <param name="startNs">Instant at which it started.</param>
    public abstract void MeasureCancelled(int series, long startNs);
}
