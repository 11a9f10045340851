using Onrush.Runs.Journal;
using Onrush.Scenarios;

namespace Onrush.Cluster;

/// <summary>Orders as bytes.</summary>
internal static class OrderWire
{
    private const int Start = 0, Ramp = 1, Lines = 2, Arrival = 3, End = 4;
    private const int Constant = 0, Ramping = 1;

    public static void Write(PackedWriter to, ScenarioOrder order)
    {
        to.Count(order switch
        {
            StartOrder => Start,
            RampOrder => Ramp,
            LinesOrder => Lines,
            ArrivalOrder => Arrival,
            EndOrder => End,
            _ => throw new ArgumentException($"{order.GetType().Name} cannot be sent.", nameof(order)),
        });
        to.Text(order.Scenario);
        to.Signed(order.AtNs);
        switch (order)
        {
            case RampOrder ramp:
                to.Count(ramp.From);
                to.Count(ramp.Target);
                to.Real(ramp.Rate);
                to.Count(ramp.FirstIndex);
                to.Count(ramp.LengthNs);
                to.Flag(ramp.Only is not null);
                if (ramp.Only is { } only)
                {
                    to.Count(only.Count);
                    foreach (var index in only)
                        to.Count(index);
                }

                break;
            case LinesOrder lines:
                to.Count(lines.From);
                to.Count(lines.Stages.Count);
                foreach (var (lengthNs, target) in lines.Stages)
                {
                    to.Count(lengthNs);
                    to.Count(target);
                }

                break;
            case ArrivalOrder arrivals:
                Write(to, arrivals.Executor);
                break;
        }
    }

    public static ScenarioOrder Read(ref PackedReader from)
    {
        var kind = from.Count(End);
        var scenario = from.Text();
        var atNs = from.Signed64();
        return kind switch
        {
            Start => new StartOrder(scenario, atNs),
            Ramp => new RampOrder(
                scenario, atNs, Users(ref from), Users(ref from), from.Real(), from.Count(long.MaxValue), from.Count(long.MaxValue), from.Flag() ? Indices(ref from) : null),
            Lines => new LinesOrder(scenario, atNs, Users(ref from), Stages(ref from)),
            Arrival => new ArrivalOrder(scenario, atNs, Executor(ref from)),
            _ => new EndOrder(scenario, atNs),
        };
    }

    private static void Write(PackedWriter to, ArrivalRateExecutor executor)
    {
        to.Length(executor.TimeUnit.Value);
        to.Count(executor.MaxUsers);
        to.Count(executor.PreAllocatedUsers);
        to.Count((int)executor.WhenBusy);
        to.Count(executor.QueueLimit);
        switch (executor)
        {
            case ConstantArrivalRateExecutor constant:
                to.Count(Constant);
                to.Real(constant.Rate);
                to.Length(constant.Duration.Value);
                break;
            case RampingArrivalRateExecutor ramping:
                to.Count(Ramping);
                to.Real(ramping.StartRate);
                to.Count(ramping.Stages.Count);
                foreach (var stage in ramping.Stages)
                {
                    to.Length(stage.Duration.Value);
                    to.Real(stage.Target);
                }

                break;
            default:
                throw new ArgumentException($"{executor.Kind} cannot be sent.", nameof(executor));
        }
    }

    private static ArrivalRateExecutor Executor(ref PackedReader from)
    {
        Duration unit = from.Length();
        int most = Users(ref from), ahead = Users(ref from);
        var whenBusy = from.Choice<WhenBusy>();
        var queue = Users(ref from);
        ArrivalRateExecutor executor = from.Count(Ramping) == Constant
            ? new ConstantArrivalRateExecutor(from.Real(), from.Length()) { TimeUnit = unit, MaxUsers = most, PreAllocatedUsers = ahead, WhenBusy = whenBusy, QueueLimit = queue }
            : new RampingArrivalRateExecutor(from.Real(), RateStages(ref from)) { TimeUnit = unit, MaxUsers = most, PreAllocatedUsers = ahead, WhenBusy = whenBusy, QueueLimit = queue };

        // What is left of a scenario may be shorter than what an author may ask for, so not all of its rules hold here.
        return most > 0 && unit.Value > TimeSpan.Zero && executor.Length >= TimeSpan.Zero ? executor : throw new DamagedDataException("an arrival rate makes no sense");
    }

    private static Stage[] RateStages(ref PackedReader from)
    {
        var stages = new Stage[from.Entries()];
        for (var i = 0; i < stages.Length; i++)
            stages[i] = new Stage(from.Length(), from.Real());
        return stages;
    }

    private static (long, int)[] Stages(ref PackedReader from)
    {
        var stages = new (long, int)[from.Entries()];
        for (var i = 0; i < stages.Length; i++)
            stages[i] = (from.Count(long.MaxValue), Users(ref from));
        return stages;
    }

    private static int[] Indices(ref PackedReader from)
    {
        var indices = new int[from.Entries()];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = from.CountUpTo(ushort.MaxValue);
        return indices;
    }

    private static int Users(ref PackedReader from) => from.CountUpTo(int.MaxValue);
}
