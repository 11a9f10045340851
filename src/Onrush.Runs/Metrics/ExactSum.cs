namespace Onrush.Runs;

/// <summary>
/// A sum of doubles without rounding on the way: the result is the same in whatever order the values come, which plain addition does not give.
/// It keeps parts that do not overlap, as Shewchuk describes; a handful are enough for values of similar size.
/// </summary>
internal sealed class ExactSum
{
    private readonly List<double> _parts = [];

    /// <summary>The sum, rounded once.</summary>
    public double Value
    {
        get
        {
            // From the largest part down; what is left below the first inexact step decides only a tie.
            var i = _parts.Count - 1;
            if (i < 0)
                return 0;
            var high = _parts[i];
            var low = 0.0;
            while (i > 0 && low == 0)
            {
                var sum = high;
                high = sum + _parts[--i];
                low = _parts[i] - (high - sum);
            }

            if (i > 0 && low != 0 && Math.Sign(low) == Math.Sign(_parts[i - 1]))
            {
                var twice = low * 2;
                var rounded = high + twice;
                if (twice == rounded - high)
                    high = rounded;
            }

            return high;
        }
    }

    /// <summary>Adds a finite value.</summary>
    public void Add(double value)
    {
        var kept = 0;
        foreach (var part in _parts.ToArray())
        {
            var (large, small) = Math.Abs(value) < Math.Abs(part) ? (part, value) : (value, part);
            var sum = large + small;
            var rest = small - (sum - large);
            if (rest != 0)
                _parts[kept++] = rest;
            value = sum;
        }

        _parts.RemoveRange(kept, _parts.Count - kept);
        _parts.Add(value);
    }

    /// <summary>Adds another sum.</summary>
    public void Add(ExactSum other)
    {
        foreach (var part in other._parts.ToArray())
            Add(part);
    }
}
