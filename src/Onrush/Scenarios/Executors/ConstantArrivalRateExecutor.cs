namespace Onrush.Scenarios;

/// <summary>k6's constant-arrival-rate.</summary>
/// <param name="Rate">Iterations per time unit.</param>
/// <param name="Duration">The regular end.</param>
internal sealed record ConstantArrivalRateExecutor(double Rate, Duration Duration) : ArrivalRateExecutor
{
    internal override string Kind => "constant arrival rate";

    internal override TimeSpan? Length => Duration.Value;

    public override IArrivalSchedule Schedule() => new ConstantArrivalSchedule(Rate, TimeUnit.Nanoseconds(), Duration.Nanoseconds());

    internal override string? Fault() =>
        Faults.Rate("rate", Rate, zero: false) ?? Faults.Length("duration", Duration, Faults.Second) ?? PoolFault();
}
