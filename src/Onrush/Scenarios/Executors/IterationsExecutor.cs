namespace Onrush.Scenarios;

/// <summary>An executor that ends when a number of iterations is done.</summary>
/// <param name="Users">Number of users, who all start at once.</param>
/// <param name="Iterations">Number of iterations; of whom, each executor says.</param>
/// <param name="MaxDuration">The regular end.</param>
internal abstract record IterationsExecutor(int Users, long Iterations, Duration MaxDuration) : UserExecutor
{
    /// <summary>As in k6.</summary>
    public static readonly Duration DefaultMaxDuration = TimeSpan.FromMinutes(10);

    internal override TimeSpan? Length => MaxDuration.Value;

    /// <summary>Iterations of the whole scenario.</summary>
    public abstract long Total { get; }

    /// <summary>Iterations that the users of a share do together.</summary>
    public abstract long TotalOf(BucketSet share);

    public override IUserSchedule Schedule() => new FixedUserSchedule(Users, MaxDuration.Nanoseconds());

    internal override string? Fault() =>
        Faults.AtLeast("users", Users, 1) ?? Faults.AtLeast("iterations", Iterations, 1) ?? Faults.Length("maxDuration", MaxDuration, Faults.Second);
}
