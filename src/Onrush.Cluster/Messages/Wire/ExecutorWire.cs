using Onrush.Runs.Journal;
using Onrush.Scenarios;

namespace Onrush.Cluster;

/// <summary>How load comes, as bytes: what changes while a scenario runs, and what options say in place of the load test.</summary>
internal static class ExecutorWire
{
    private const int Constant = 0, Ramping = 1, RampingUsers = 2;

    public static void Write(PackedWriter to, Executor executor)
    {
        switch (executor)
        {
            case ConstantArrivalRateExecutor constant:
                to.Count(Constant);
                Pool(to, constant);
                to.Real(constant.Rate);
                to.Length(constant.Duration.Value);
                break;
            case RampingArrivalRateExecutor ramping:
                to.Count(Ramping);
                Pool(to, ramping);
                to.Real(ramping.StartRate);
                Write(to, ramping.Stages);
                break;
            case RampingUsersExecutor users:
                to.Count(RampingUsers);
                to.Count(users.StartUsers);
                Write(to, users.Stages);
                to.Length(users.GracefulRampDown.Value);
                break;
            default:
                throw new ArgumentException($"{executor.Kind} cannot be sent.", nameof(executor));
        }
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="DamagedDataException">It makes no sense.</exception>
    public static Executor Read(ref PackedReader from)
    {
        var kind = from.Count(RampingUsers);
        if (kind == RampingUsers)
        {
            var users = new RampingUsersExecutor(Users(ref from), Stages(ref from), from.Length());
            return users.Fault() is null ? users : throw new DamagedDataException("a ramp of users makes no sense");
        }

        Duration unit = from.Length();
        int most = Users(ref from), ahead = Users(ref from);
        var whenBusy = from.Choice<WhenBusy>();
        var queue = Users(ref from);
        ArrivalRateExecutor executor = kind == Constant
            ? new ConstantArrivalRateExecutor(from.Real(), from.Length()) { TimeUnit = unit, MaxUsers = most, PreAllocatedUsers = ahead, WhenBusy = whenBusy, QueueLimit = queue }
            : new RampingArrivalRateExecutor(from.Real(), Stages(ref from)) { TimeUnit = unit, MaxUsers = most, PreAllocatedUsers = ahead, WhenBusy = whenBusy, QueueLimit = queue };

        // What is left of a scenario may be shorter than what an author may ask for, so not all of its rules hold here.
        return most > 0 && unit.Value > TimeSpan.Zero && executor.Length >= TimeSpan.Zero ? executor : throw new DamagedDataException("an arrival rate makes no sense");
    }

    /// <summary>Reads an arrival rate.</summary>
    /// <exception cref="DamagedDataException">It is none, or makes no sense.</exception>
    public static ArrivalRateExecutor ReadArrivals(ref PackedReader from) =>
        Read(ref from) as ArrivalRateExecutor ?? throw new DamagedDataException("an arrival rate is none");

    private static void Pool(PackedWriter to, ArrivalRateExecutor executor)
    {
        to.Length(executor.TimeUnit.Value);
        to.Count(executor.MaxUsers);
        to.Count(executor.PreAllocatedUsers);
        to.Count((int)executor.WhenBusy);
        to.Count(executor.QueueLimit);
    }

    private static void Write(PackedWriter to, IReadOnlyList<Stage> stages)
    {
        to.Count(stages.Count);
        foreach (var stage in stages)
        {
            to.Length(stage.Duration.Value);
            to.Real(stage.Target);
        }
    }

    private static Stage[] Stages(ref PackedReader from)
    {
        var stages = new Stage[from.Entries()];
        for (var i = 0; i < stages.Length; i++)
            stages[i] = new Stage(from.Length(), from.Real());
        return stages;
    }

    private static int Users(ref PackedReader from) => from.CountUpTo(int.MaxValue);
}
