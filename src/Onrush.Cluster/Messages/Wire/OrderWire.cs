using Onrush.Runs.Journal;
using Onrush.Scenarios;

namespace Onrush.Cluster;

/// <summary>Orders as bytes.</summary>
internal static class OrderWire
{
    private const int Start = 0, Ramp = 1, Lines = 2, Arrival = 3, End = 4;

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
                ExecutorWire.Write(to, arrivals.Executor);
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
            Arrival => new ArrivalOrder(scenario, atNs, ExecutorWire.ReadArrivals(ref from)),
            _ => new EndOrder(scenario, atNs),
        };
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
