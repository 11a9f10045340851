namespace Onrush.Scenarios;

/// <summary>k6's constant-vus.</summary>
internal sealed record ConstantUsersExecutor(int Users, Duration Duration) : UserExecutor
{
    internal override string Kind => "constant users";

    internal override TimeSpan? Length => Duration.Value;

    public override IUserSchedule Schedule() => new FixedUserSchedule(Users, Duration.Nanoseconds());

    internal override string? Fault() => Faults.AtLeast("users", Users, 1) ?? Faults.Length("duration", Duration, Faults.Second);
}
