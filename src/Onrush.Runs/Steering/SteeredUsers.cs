using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>Constant and ramping users: a change is other lines from the number of users that the lines before have at that instant.</summary>
internal sealed class SteeredUsers(ScenarioPlan plan) : SteeredScenario(plan)
{
    private IUserSchedule _schedule = ((UserExecutor)plan.Executor).Schedule();
    private long? _scheduleStartNs;

    public override int TargetUsers => _schedule.MostUsers;

    public override long RampEndNs => (_scheduleStartNs ?? StartNs ?? 0) + (_schedule.Steps == 0 ? 0 : _schedule.Step(_schedule.Steps - 1).DueNs);

    public override string? Objection(ScenarioChange change)
    {
        if (change.Rate is not null || change.SpawnRate is not null)
            return $"{Plan.Executor.Kind} follows users or stages, no rate";
        if (change.Users is null == change.Stages is null)
            return "give either users or stages";
        return change.Stages is { } stages ? Faults.Stages(stages, 1, "users", whole: true)
            : change.Users < 0 ? $"the number of users is {change.Users}; it has to be a whole number from 0" : null;
    }

    public override ScenarioOrder Change(ScenarioChange change, long atNs)
    {
        var present = UsersAt(atNs);
        (long LengthNs, int Target)[] stages = change.Stages is { } lines
            ? [.. lines.Select(stage => (stage.Duration.Nanoseconds(), (int)stage.Target))]
            : [(0, change.Users!.Value), (LeftNs(atNs), change.Users.Value)];
        _schedule = new RampingUserSchedule(present, stages);
        _scheduleStartNs = atNs;
        EndAfter(atNs, _schedule.RegularEndNs);
        return new LinesOrder(Plan.Name, atNs, present, stages);
    }

    protected override void OnRestore(ScenarioOrder last)
    {
        if (last is not LinesOrder lines)
            return;
        (_schedule, _scheduleStartNs) = (new RampingUserSchedule(lines.From, [.. lines.Stages]), lines.AtNs);
        EndAfter(lines.AtNs, _schedule.RegularEndNs);
    }

    private int UsersAt(long atNs)
    {
        var elapsedNs = atNs - (_scheduleStartNs ?? StartNs!.Value);
        var users = 0;
        for (long i = 0; i < _schedule.Steps && _schedule.Step(i) is var step && step.DueNs <= elapsedNs; i++)
            users += step.Start ? 1 : -1;
        return users;
    }
}
