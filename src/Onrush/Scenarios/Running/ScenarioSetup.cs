using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>What the loops of one worker share of one scenario. Immutable, but for the counters that any of the loops may touch.</summary>
internal sealed class ScenarioSetup
{
    private readonly UserWork _work;
    private readonly int[] _classes;
    private readonly int[]? _classBySlot;
    private UserSequence? _sequence;
    private int _abandoned;

    public ScenarioSetup(RunSetup run, ScenarioPlan plan, UserNumbers numbers, LoopDeal loopDeal)
    {
        LoopDeal = loopDeal;
        var loops = loopDeal.Loops;
        Run = run;
        Plan = plan;
        Numbers = numbers;
        Alive = new UserCount(run.Changed);
        IsGated = plan.Executor is ArrivalRateExecutor or IterationsExecutor;
        _work = new UserWork(plan.Entry, null, Waits: plan.Entry is null && plan.Executor is not ArrivalRateExecutor);
        _classes = [.. plan.Classes.Select(wanted => Index(run.Classes, wanted))];
        _classBySlot = plan.Classes.Count > 1 && numbers.Slots < int.MaxValue ? Deal(plan, numbers.Slots) : null;
        if (plan.Executor is IterationsExecutor iterations)
            Quota = new IterationQuota(iterations, run.Share, loops);
    }

    public RunSetup Run { get; }

    public ScenarioPlan Plan { get; }

    /// <summary>What its users are numbered by.</summary>
    public UserNumbers Numbers { get; }

    /// <summary>Which loop has what of the worker's share.</summary>
    public LoopDeal LoopDeal { get; }

    /// <summary>Users alive on all loops.</summary>
    public UserCount Alive { get; }

    /// <summary>Users that did not end although they were cut.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Counts one of them; from any loop.</summary>
    public void CountAbandoned() => Interlocked.Increment(ref _abandoned);

    /// <summary>The iterations that are left; null when nobody counts them.</summary>
    public IterationQuota? Quota { get; }

    /// <summary>Whether its users ask before each iteration.</summary>
    public bool IsGated { get; }

    /// <summary>What a user is to do.</summary>
    public UserWork WorkOf(ScenarioUser user) => IsGated ? _work with { Gate = user } : _work;

    /// <summary>Index of the class of the user in a slot.</summary>
    public int ClassOf(int slot) => _classes[_classBySlot is null ? 0 : _classBySlot[slot % _classBySlot.Length]];

    /// <summary>Index of the class of the user in each slot that a ramp fills; for the control thread.</summary>
    public int[] ClassesOf(RampOrder order)
    {
        var only = order.Only is { Count: > 0 } indices ? Plan.Classes.Where(c => indices.Contains(Index(Run.Classes, c))).ToArray() : null;
        var sequence = only is null ? _sequence ??= new UserSequence(Plan.Classes) : new UserSequence(only);

        // Where classes were chosen, what was there before stays, and the sequence begins behind it.
        var first = only is null ? 0 : order.From;
        int[] known = only is null ? _classes : [.. only.Select(c => Index(Run.Classes, c))];
        var classes = new int[Math.Max(order.From, order.Target)];
        for (var slot = first; slot < classes.Length && slot - first < sequence.Limit; slot++)
            classes[slot] = known[sequence.ClassOf(slot - first)];
        return classes;
    }

    private static int[] Deal(ScenarioPlan plan, int slots)
    {
        var sequence = new UserSequence(plan.Classes);
        var classes = new int[slots];
        for (var slot = 0; slot < slots; slot++)
            classes[slot] = sequence.ClassOf(slot % sequence.Limit);
        return classes;
    }

    private static int Index(IReadOnlyList<UserClass> all, UserClass wanted)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Type == wanted.Type)
                return i;
        }

        throw new ArgumentException($"{wanted.Name} is not among the user classes of the run.", nameof(wanted));
    }
}
