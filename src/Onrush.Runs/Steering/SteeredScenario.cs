using Onrush.Engine;
using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>One scenario as whoever steers the run sees it: what was ordered, when it started and ended. How it is changed depends on its executor.</summary>
internal abstract class SteeredScenario(ScenarioPlan plan)
{
    /// <summary>The plan.</summary>
    public ScenarioPlan Plan { get; } = plan;

    /// <summary>Instant of its start, in nanoseconds of the monotonic clock; null before.</summary>
    public long? StartNs { get; private set; }

    /// <summary>Instant at which every user had ended; null before.</summary>
    public long? EndNs { get; set; }

    /// <summary>Time from its start to its regular end; null when it has none.</summary>
    public TimeSpan? Length { get; protected set; } = plan.Executor.Length;

    /// <summary>Whether it runs.</summary>
    public bool IsUnderWay => StartNs is not null && EndNs is null;

    /// <summary>Users it is to have; the most it may have where that is not its own choice.</summary>
    public virtual int TargetUsers => Plan.Executor switch
    {
        ArrivalRateExecutor arrivals => arrivals.MaxUsers,
        UserExecutor users => users.Schedule().MostUsers,
        _ => 0,
    };

    /// <summary>Users per second on the way there; 0 where that is not a number of its own.</summary>
    public virtual double SpawnRate => 0;

    /// <summary>Instant at which the last user that was ordered is due to start or stop.</summary>
    public virtual long RampEndNs => 0;

    /// <summary>The order to start.</summary>
    public ScenarioOrder Start(long atNs)
    {
        StartNs = atNs;
        return OnStart(atNs);
    }

    /// <summary>Goes on where one before was.</summary>
    /// <param name="last">The last order for it.</param>
    /// <param name="startNs">Instant of its start.</param>
    /// <param name="endNs">Instant at which every user had ended; null when some had not.</param>
    public void Restore(ScenarioOrder last, long startNs, long? endNs)
    {
        (StartNs, EndNs) = (startNs, endNs);
        OnRestore(last);
    }

    /// <summary>Why a change does not fit; null when it does. Any thread.</summary>
    public abstract string? Objection(ScenarioChange change);

    /// <summary>The order for a change that fits.</summary>
    public abstract ScenarioOrder Change(ScenarioChange change, long atNs);

    /// <summary>What there is to order now and then.</summary>
    public virtual ScenarioOrder? Ask(long nowNs, int users) => null;

    /// <summary>What the start is.</summary>
    protected virtual ScenarioOrder OnStart(long atNs) => new StartOrder(Plan.Name, atNs);

    /// <summary>Takes up what the last order says beyond the plan; a start says nothing.</summary>
    protected virtual void OnRestore(ScenarioOrder last)
    {
    }

    /// <summary>Nanoseconds from an instant to the regular end; at least a nanosecond.</summary>
    protected long LeftNs(long atNs) => Length is { } length ? Math.Max(1, StartNs!.Value + (long)length.TotalNanoseconds - atNs) : long.MaxValue;

    /// <summary>The new regular end, told by its distance from an instant.</summary>
    protected void EndAfter(long atNs, long leftNs) => Length = TimeSpan.FromTicks((atNs - StartNs!.Value + leftNs) / TimeSpan.NanosecondsPerTick);

    /// <summary>The scenario of a plan.</summary>
    public static SteeredScenario Of(ScenarioPlan plan, IReadOnlyList<Users.UserClass> classes) => plan.Executor switch
    {
        UsersAndSpawnRateExecutor or LoadShapeExecutor => new SteeredRamps(plan, classes),
        ConstantUsersExecutor or RampingUsersExecutor => new SteeredUsers(plan),
        ArrivalRateExecutor => new SteeredArrivals(plan),
        _ => new SteeredIterations(plan),
    };
}

/// <summary>A number of iterations: nothing about it changes.</summary>
internal sealed class SteeredIterations(ScenarioPlan plan) : SteeredScenario(plan)
{
    public override string Objection(ScenarioChange change) => $"{Plan.Executor.Kind} cannot be changed while they run";

    public override ScenarioOrder Change(ScenarioChange change, long atNs) => throw new InvalidOperationException(Objection(change));
}
