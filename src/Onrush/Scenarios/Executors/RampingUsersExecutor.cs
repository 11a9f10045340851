namespace Onrush.Scenarios;

/// <summary>k6's ramping-vus.</summary>
/// <param name="StartUsers">Users at the start.</param>
/// <param name="Stages">The lines.</param>
/// <param name="GracefulRampDown">Time for the iteration of a user that the ramp takes out; the regular end and its graceful stop bound it.</param>
internal sealed record RampingUsersExecutor(int StartUsers, IReadOnlyList<Stage> Stages, Duration GracefulRampDown) : UserExecutor
{
    /// <summary>As in k6.</summary>
    public static readonly Duration DefaultGracefulRampDown = TimeSpan.FromSeconds(30);

    internal override string Kind => "ramping users";

    internal override TimeSpan? Length => new TimeSpan(Stages.Sum(stage => stage.Duration.Value.Ticks));

    public override IUserSchedule Schedule() =>
        new RampingUserSchedule(StartUsers, Stages.Select(stage => (stage.Duration.Nanoseconds(), (int)stage.Target)));

    internal override string? Fault() =>
        Faults.AtLeast("startUsers", StartUsers, 0) ?? Faults.Stages(Stages, StartUsers, "startUsers", whole: true)
        ?? Faults.Length("gracefulRampDown", GracefulRampDown, TimeSpan.Zero);
}
