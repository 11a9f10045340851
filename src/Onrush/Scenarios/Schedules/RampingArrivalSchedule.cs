namespace Onrush.Scenarios;

/// <summary>
/// Arrivals at a rate along straight lines, as k6's ramping arrival rate: arrival n, from 1, is due when the area under the rate reaches n. What is left of
/// an area at the end of a stage counts on in the next; a stage without length jumps. An area that becomes whole exactly at the end counts.
/// Areas are whole numbers, so nothing is lost over any number of stages; inside a stage the quadratic equation is solved in the form that does not cancel,
/// from the slower end, which is exact to a nanosecond over days.
/// </summary>
internal sealed class RampingArrivalSchedule : IArrivalSchedule
{
    private readonly Ramp[] _ramps;
    private readonly Int128 _one;

    /// <param name="startRate">Rate at 0, per unit.</param>
    /// <param name="unitNs">The unit, in nanoseconds, above 0.</param>
    /// <param name="stages">Length in nanoseconds and rate per unit at the end of each stage.</param>
    public RampingArrivalSchedule(double startRate, long unitNs, IEnumerable<(long LengthNs, double Target)> stages)
    {
        // Twice the area under a line is a whole number of scaled rate times nanoseconds.
        _one = (Int128)unitNs * 2 * Rate.Precision;
        var ramps = new List<Ramp>();
        var rate = Rate.Scaled(startRate);
        Int128 area = 0;
        foreach (var (lengthNs, target) in stages)
        {
            var to = Rate.Scaled(target);
            var own = ((Int128)rate + to) * lengthNs;
            if (own > 0)
                ramps.Add(new Ramp(RegularEndNs, lengthNs, rate, to, area, area + own));
            area += own;
            RegularEndNs += lengthNs;
            rate = to;
        }

        _ramps = [.. ramps];
        Count = (long)(area / _one);
    }

    public long Count { get; }

    public long RegularEndNs { get; }

    public long DueNs(long k)
    {
        var area = _one * (k + 1);
        var low = 0;
        var high = _ramps.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ramps[middle].AreaAtEnd >= area)
                high = middle;
            else
                low = middle + 1;
        }

        return _ramps[low].Reaches(area);
    }

    private readonly record struct Ramp(long StartNs, long LengthNs, double From, double To, Int128 AreaAtStart, Int128 AreaAtEnd)
    {
        /// <summary>Instant at which the area is reached.</summary>
        public long Reaches(Int128 area)
        {
            if (area == AreaAtEnd)
                return StartNs + LengthNs;
            return To >= From
                ? StartNs + Solve((double)(area - AreaAtStart), From, To)
                : StartNs + LengthNs - Solve((double)(AreaAtEnd - area), To, From);
        }

        /// <summary>Time t in which a line that rises from one rate to another covers twice the area: 2 * slow * t + (fast - slow) * t * t / length.</summary>
        private long Solve(double doubleArea, double slow, double fast) =>
            (long)Math.Round(doubleArea / (slow + Math.Sqrt(slow * slow + (fast - slow) * doubleArea / LengthNs)));
    }
}
