namespace Onrush.Scenarios;

/// <summary>k6's ramping-arrival-rate.</summary>
/// <param name="StartRate">Iterations per time unit at the start.</param>
/// <param name="Stages">The lines.</param>
internal sealed record RampingArrivalRateExecutor(double StartRate, IReadOnlyList<Stage> Stages) : ArrivalRateExecutor
{
    internal override string Kind => "ramping arrival rate";

    internal override TimeSpan? Length => new TimeSpan(Stages.Sum(stage => stage.Duration.Value.Ticks));

    public override IArrivalSchedule Schedule() =>
        new RampingArrivalSchedule(StartRate, TimeUnit.Nanoseconds(), Stages.Select(stage => (stage.Duration.Nanoseconds(), stage.Target)));

    internal override string? Fault() =>
        Faults.Rate("startRate", StartRate, zero: true) ?? Faults.Stages(Stages, StartRate, "startRate", whole: false) ?? PoolFault();
}
