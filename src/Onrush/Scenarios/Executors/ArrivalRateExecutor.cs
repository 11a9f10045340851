namespace Onrush.Scenarios;

/// <summary>
/// An executor whose iterations are due by a schedule and are taken by idle users out of a pool. Over loops and workers users are dealt by slot and
/// arrivals by <see cref="UserDeal"/> over <see cref="MaxUsers"/>, so that no loop has arrivals without a user to take them.
/// </summary>
internal abstract record ArrivalRateExecutor : Executor
{
    /// <summary>Enough for 10,000 iterations per second of one second each; users are made only when they are needed.</summary>
    public const int DefaultMaxUsers = 10_000;

    /// <summary>Arrivals that wait take eight bytes each, so the limit is generous.</summary>
    public const int DefaultQueueLimit = 1_000_000;

    public static readonly Duration DefaultTimeUnit = TimeSpan.FromSeconds(1);

    public required Duration TimeUnit { get; init; }

    public required int MaxUsers { get; init; }

    public required int PreAllocatedUsers { get; init; }

    public required WhenBusy WhenBusy { get; init; }

    public required int QueueLimit { get; init; }

    /// <summary>When iterations are due. Only for an executor without <see cref="Executor.Fault"/>.</summary>
    public abstract IArrivalSchedule Schedule();

    /// <summary>What is wrong with the fields that the arrival rates share.</summary>
    protected string? PoolFault()
    {
        if (Faults.Length("timeUnit", TimeUnit, TimeSpan.FromMilliseconds(1)) is { } unit)
            return unit;
        if ((Faults.AtLeast("maxUsers", MaxUsers, 1) ?? Faults.AtLeast("preAllocatedUsers", PreAllocatedUsers, 0)) is { } users)
            return users;
        if (PreAllocatedUsers > MaxUsers)
            return $"preAllocatedUsers is {PreAllocatedUsers}; it has to be at most maxUsers, {MaxUsers}";
        if (!Enum.IsDefined(WhenBusy))
            return $"whenBusy is {WhenBusy}; it has to be {string.Join(" or ", Enum.GetNames<WhenBusy>())}";
        return Faults.AtLeast("queueLimit", QueueLimit, 0);
    }
}
