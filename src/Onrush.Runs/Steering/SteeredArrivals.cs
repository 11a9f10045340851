using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>Constant and ramping arrival rate: a change is another schedule from the instant on; what was due before stays due.</summary>
internal sealed class SteeredArrivals(ScenarioPlan plan) : SteeredScenario(plan)
{
    private ArrivalRateExecutor _executor = (ArrivalRateExecutor)plan.Executor;
    private long? _executorStartNs;

    public override string? Objection(ScenarioChange change)
    {
        if (change.Users is not null || change.SpawnRate is not null)
            return $"{Plan.Executor.Kind} follows a rate or stages, no number of users";
        if (change.Rate is null == change.Stages is null)
            return "give either a rate or stages";
        return change.Rate is { } rate ? Faults.Rate("the rate", rate, zero: false) : Faults.Stages(change.Stages, 1, "the rate", whole: false);
    }

    public override ScenarioOrder Change(ScenarioChange change, long atNs)
    {
        ArrivalRateExecutor next = change.Rate is { } rate
            ? new ConstantArrivalRateExecutor(rate, TimeSpan.FromTicks(Math.Max(1, LeftNs(atNs) / TimeSpan.NanosecondsPerTick)))
            {
                TimeUnit = _executor.TimeUnit,
                MaxUsers = _executor.MaxUsers,
                PreAllocatedUsers = _executor.PreAllocatedUsers,
                WhenBusy = _executor.WhenBusy,
                QueueLimit = _executor.QueueLimit,
            }
            : new RampingArrivalRateExecutor(RateAt(atNs), change.Stages!)
            {
                TimeUnit = _executor.TimeUnit,
                MaxUsers = _executor.MaxUsers,
                PreAllocatedUsers = _executor.PreAllocatedUsers,
                WhenBusy = _executor.WhenBusy,
                QueueLimit = _executor.QueueLimit,
            };
        (_executor, _executorStartNs) = (next, atNs);
        EndAfter(atNs, next.Schedule().RegularEndNs);
        return new ArrivalOrder(Plan.Name, atNs, next);
    }

    protected override void OnRestore(ScenarioOrder last)
    {
        if (last is not ArrivalOrder arrivals)
            return;
        (_executor, _executorStartNs) = (arrivals.Executor, arrivals.AtNs);
        EndAfter(arrivals.AtNs, arrivals.Executor.Schedule().RegularEndNs);
    }

    /// <summary>Rate per time unit at an instant.</summary>
    private double RateAt(long atNs)
    {
        if (_executor is ConstantArrivalRateExecutor constant)
            return constant.Rate;
        var ramping = (RampingArrivalRateExecutor)_executor;
        var left = (double)(atNs - (_executorStartNs ?? StartNs!.Value));
        var rate = ramping.StartRate;
        foreach (var stage in ramping.Stages)
        {
            double length = stage.Duration.Nanoseconds();
            if (left < length)
                return rate + (stage.Target - rate) * left / length;
            left -= length;
            rate = stage.Target;
        }

        return rate;
    }
}
