using Onrush.Scenarios;

namespace Onrush;

/// <summary>
/// Decides when the users of a scenario start, stop and iterate. Names and numbers are those of k6, where it has them. A length of time is a text such as
/// <c>"2m"</c> or a <see cref="TimeSpan"/>. Values are checked when the load test is read: what cannot be is refused with the names of scenario and field.
/// </summary>
public abstract record Executor
{
    private protected Executor()
    {
    }

    /// <summary>The word for it in messages and results.</summary>
    internal abstract string Kind { get; }

    /// <summary>Longest time from the start to the regular end, after which no iteration begins; null when that is not known.</summary>
    internal abstract TimeSpan? Length { get; }

    /// <summary>Whether it comes to an end without being stopped.</summary>
    internal virtual bool Ends => Length is not null;

    /// <summary>A number of users, started at a rate, that can be changed while the run goes on; Locust's way, and the default.</summary>
    /// <param name="users">Number of users, not below 0.</param>
    /// <param name="spawnRate">Users started per second, above 0.</param>
    /// <param name="runTime">How long; without it until the run is stopped.</param>
    public static Executor UsersAndSpawnRate(int users, double spawnRate = 1, Duration? runTime = null) =>
        new UsersAndSpawnRateExecutor(users, spawnRate, runTime);

    /// <summary>Users that share a number of iterations: each takes the next one until none is left, so fast users do more.</summary>
    /// <param name="users">Number of users, above 0.</param>
    /// <param name="iterations">Iterations of all together, at least one for each user.</param>
    /// <param name="maxDuration">When to end although some are left, at least 1 s; those are counted as dropped. Without it 10 minutes.</param>
    public static Executor SharedIterations(int users = 1, long iterations = 1, Duration? maxDuration = null) =>
        new SharedIterationsExecutor(users, iterations, maxDuration ?? IterationsExecutor.DefaultMaxDuration);

    /// <summary>Users that do a number of iterations each.</summary>
    /// <param name="users">Number of users, above 0.</param>
    /// <param name="iterations">Iterations of each, above 0.</param>
    /// <param name="maxDuration">When to end although some are left, at least 1 s; those are counted as dropped. Without it 10 minutes.</param>
    public static Executor PerUserIterations(int users = 1, long iterations = 1, Duration? maxDuration = null) =>
        new PerUserIterationsExecutor(users, iterations, maxDuration ?? IterationsExecutor.DefaultMaxDuration);

    /// <summary>Users that iterate for a time.</summary>
    /// <param name="users">Number of users, above 0.</param>
    /// <param name="duration">How long, at least 1 s.</param>
    public static Executor ConstantUsers(int users, Duration duration) => new ConstantUsersExecutor(users, duration);

    /// <summary>
    /// Users along straight lines from one number to the next. A user that is to stop finishes its iteration; when the ramp turns meanwhile the same user
    /// goes on.
    /// </summary>
    /// <param name="startUsers">Users at the start, not below 0.</param>
    /// <param name="stages">Length of each line and users at its end; at least one.</param>
    /// <param name="gracefulRampDown">Time a user has to finish its iteration when the ramp goes down. Without it 30 s.</param>
    public static Executor RampingUsers(int startUsers, IReadOnlyList<Stage> stages, Duration? gracefulRampDown = null) =>
        new RampingUsersExecutor(startUsers, stages, gracefulRampDown ?? RampingUsersExecutor.DefaultGracefulRampDown);

    /// <summary>
    /// Iterations that begin at a fixed rate, whatever the target does: iteration k is due at k * <paramref name="timeUnit"/> / <paramref name="rate"/>, the
    /// first at once. When no user is idle a new one is made.
    /// </summary>
    /// <param name="rate">Iterations per time unit, above 0, with up to nine decimals.</param>
    /// <param name="duration">How long, at least 1 s.</param>
    /// <param name="timeUnit">The time unit. Without it 1 s.</param>
    /// <param name="maxUsers">The most users that are made, above 0.</param>
    /// <param name="preAllocatedUsers">Users made before the start.</param>
    /// <param name="whenBusy">What becomes of an iteration that is due when all of them are busy.</param>
    /// <param name="queueLimit">The most iterations that wait; those beyond it are dropped.</param>
    public static Executor ConstantArrivalRate(
        double rate,
        Duration duration,
        Duration? timeUnit = null,
        int maxUsers = ArrivalRateExecutor.DefaultMaxUsers,
        int preAllocatedUsers = 0,
        WhenBusy whenBusy = WhenBusy.Queue,
        int queueLimit = ArrivalRateExecutor.DefaultQueueLimit) =>
        new ConstantArrivalRateExecutor(rate, duration)
        {
            TimeUnit = timeUnit ?? ArrivalRateExecutor.DefaultTimeUnit,
            MaxUsers = maxUsers,
            PreAllocatedUsers = preAllocatedUsers,
            WhenBusy = whenBusy,
            QueueLimit = queueLimit,
        };

    /// <summary>
    /// Iterations that begin at a rate along straight lines, whatever the target does: one is due each time the area under the rate reaches a whole number.
    /// When no user is idle a new one is made.
    /// </summary>
    /// <param name="startRate">Iterations per time unit at the start, not below 0, with up to nine decimals.</param>
    /// <param name="stages">Length of each line and rate at its end; at least one.</param>
    /// <param name="timeUnit">The time unit. Without it 1 s.</param>
    /// <param name="maxUsers">The most users that are made, above 0.</param>
    /// <param name="preAllocatedUsers">Users made before the start.</param>
    /// <param name="whenBusy">What becomes of an iteration that is due when all of them are busy.</param>
    /// <param name="queueLimit">The most iterations that wait; those beyond it are dropped.</param>
    public static Executor RampingArrivalRate(
        double startRate,
        IReadOnlyList<Stage> stages,
        Duration? timeUnit = null,
        int maxUsers = ArrivalRateExecutor.DefaultMaxUsers,
        int preAllocatedUsers = 0,
        WhenBusy whenBusy = WhenBusy.Queue,
        int queueLimit = ArrivalRateExecutor.DefaultQueueLimit) =>
        new RampingArrivalRateExecutor(startRate, stages)
        {
            TimeUnit = timeUnit ?? ArrivalRateExecutor.DefaultTimeUnit,
            MaxUsers = maxUsers,
            PreAllocatedUsers = preAllocatedUsers,
            WhenBusy = whenBusy,
            QueueLimit = queueLimit,
        };

    /// <summary>Users as a <see cref="Onrush.LoadShape"/> wants them; it is asked once a second and ends the scenario.</summary>
    /// <typeparam name="TShape">The load shape; a new one is made for each run.</typeparam>
    public static Executor LoadShape<TShape>()
        where TShape : LoadShape, new() => new LoadShapeExecutor(static () => new TShape());

    /// <summary>What cannot be, as <c>field is value; what it has to be</c>; null when all is well.</summary>
    internal abstract string? Fault();
}
