using Onrush.Engine;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>Users and spawn rate, changed by hand or by a load shape: each change is a ramp from where the one before stands.</summary>
internal sealed class SteeredRamps : SteeredScenario
{
    // Each has a place in several arrays, before anything of it exists.
    private const int MostUsers = 100_000_000;

    private readonly IReadOnlyList<UserClass> _classes;
    private readonly UserSequence _sequence;
    private readonly ShapeTicker? _shape;
    private SpawnSchedule? _schedule;
    private long _scheduleStartNs;
    private long _nextIndex;
    private int _target;
    private double _spawnRate;

    public SteeredRamps(ScenarioPlan plan, IReadOnlyList<UserClass> classes)
        : base(plan)
    {
        _classes = classes;
        _sequence = new UserSequence(plan.Classes);
        if (plan.Executor is LoadShapeExecutor shape)
            _shape = new ShapeTicker(shape.Create(), plan.Classes);
        if (plan.Executor is UsersAndSpawnRateExecutor executor)
            (_target, _spawnRate) = (Math.Min(executor.Users, _sequence.Limit), executor.SpawnRate);
    }

    public override int TargetUsers => _target;

    public override double SpawnRate => _spawnRate;

    public override long RampEndNs => _schedule is { } schedule ? _scheduleStartNs + schedule.LengthNs : 0;

    /// <summary>Whether a load shape is asked.</summary>
    public bool HasShape => _shape is not null;

    /// <summary>Why a load shape ended it; null while it has not.</summary>
    public bool ShapeIsOver { get; private set; }

    public override string? Objection(ScenarioChange change)
    {
        if (change.Rate is not null || change.Stages is not null)
            return $"{Plan.Executor.Kind} has users and a spawn rate, no rate and no stages";
        if (change.Users is < 0)
            return $"the number of users is {change.Users}; it has to be a whole number from 0";
        return change.SpawnRate is { } rate && (!(rate > 0) || double.IsInfinity(rate)) ? "the spawn rate has to be a number above 0" : null;
    }

    public override ScenarioOrder Change(ScenarioChange change, long atNs) => Ramp(change.Users ?? _target, change.SpawnRate ?? _spawnRate, atNs, []);

    /// <exception cref="LoadTestException">The load shape failed.</exception>
    public override ScenarioOrder? Ask(long nowNs, int users)
    {
        if (_shape is null || ShapeIsOver)
            return null;
        var answer = _shape.Ask(TimeSpan.FromTicks(Math.Max(0, nowNs - StartNs!.Value) / TimeSpan.NanosecondsPerTick), users);
        ShapeIsOver = answer.Kind == ShapeChangeKind.End;
        return answer is { Kind: ShapeChangeKind.Ramp, Wanted: { } wanted } ? Ramp(wanted.Users, wanted.SpawnRate, nowNs, wanted.UserClasses) : null;
    }

    protected override ScenarioOrder OnStart(long atNs) =>
        _shape is null ? Ramp(_target, _spawnRate, atNs, []) : Ask(atNs, 0) ?? Ramp(0, 1, atNs, []);

    protected override void OnRestore(ScenarioOrder last)
    {
        ShapeIsOver = last is EndOrder;
        if (last is not RampOrder ramp)
            return;
        _schedule = new SpawnSchedule(ramp.From, ramp.Target, ramp.Rate, ramp.LengthNs);
        (_scheduleStartNs, _target, _spawnRate) = (ramp.AtNs, ramp.Target, ramp.Rate);
        _nextIndex = ramp.FirstIndex + (_schedule.Grows ? _schedule.Steps : 0);
    }

    private RampOrder Ramp(int users, double spawnRate, long atNs, IReadOnlyList<Type> only)
    {
        var present = _schedule?.UsersAt(atNs - _scheduleStartNs) ?? 0;
        var chosen = only.Count == 0 ? null : Plan.Classes.Where(c => only.Contains(c.Type)).ToArray();
        var sequence = chosen is null ? _sequence : new UserSequence(chosen);

        // Some of the classes may all have a fixed count where all together have no limit.
        users = (int)Math.Min(Math.Min(users, _sequence.Limit), chosen is null ? int.MaxValue : (long)present + sequence.Limit);
        if (users > MostUsers)
            throw new ArgumentOutOfRangeException(nameof(users), $"{users} users are more than memory holds.");
        int[]? indices = chosen is null ? null : [.. chosen.Select(c => Index(c.Type))];
        var schedule = new SpawnSchedule(present, users, spawnRate, LeftNs(atNs));
        var order = new RampOrder(Plan.Name, atNs, present, users, spawnRate, _nextIndex, schedule.RegularEndNs, indices);
        if (schedule.Grows)
            _nextIndex += schedule.Steps;
        (_schedule, _scheduleStartNs, _target, _spawnRate) = (schedule, atNs, users, spawnRate);
        return order;
    }

    private int Index(Type type)
    {
        for (var i = 0; i < _classes.Count; i++)
        {
            if (_classes[i].Type == type)
                return i;
        }

        throw new ArgumentException($"{type.Name} is not among the user classes of the run.", nameof(type));
    }
}
