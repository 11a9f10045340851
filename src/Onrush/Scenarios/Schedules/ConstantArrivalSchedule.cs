namespace Onrush.Scenarios;

/// <summary>
/// Arrival k is due at k * unit / rate, the first at 0. Exact to the nanosecond for every k: there is no drift over a day at any rate.
/// </summary>
internal sealed class ConstantArrivalSchedule : IArrivalSchedule
{
    private readonly UInt128 _unit;
    private readonly ulong _count;

    /// <param name="rate">Arrivals per unit, above 0.</param>
    /// <param name="unitNs">The unit, in nanoseconds, above 0.</param>
    /// <param name="lengthNs">The regular end; <see cref="long.MaxValue"/> without one.</param>
    public ConstantArrivalSchedule(double rate, long unitNs, long lengthNs)
    {
        // k * unit * per / count; with a whole rate, per is 1.
        var (count, per) = Rate.Of(rate);
        _count = (ulong)count;
        _unit = (UInt128)unitNs * (ulong)per;
        RegularEndNs = lengthNs;

        // Those due before the end: k * unit < end * count, so one more than the last.
        Count = lengthNs == long.MaxValue ? long.MaxValue : lengthNs == 0 ? 0 : (long)(((UInt128)lengthNs * _count - 1) / _unit) + 1;
    }

    public long Count { get; }

    public long RegularEndNs { get; }

    public long DueNs(long k)
    {
        var product = _unit * (ulong)k;

        // The short division is enough for 24 hours at 50,000 per second.
        return product <= ulong.MaxValue ? (long)((ulong)product / _count) : (long)(product / _count);
    }
}
