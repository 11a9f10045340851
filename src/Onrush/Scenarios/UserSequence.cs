using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// Which class the user of each slot is of. Locust's rule: first the classes with a fixed count, then an endless sequence that always
/// adds the class that lowers the Kullback-Leibler divergence from the weights the most, smallest w * log2(x / (x + 1)) first for
/// weight w of which x are counted (x starts at w); ties by x, weight and name. Slots are filled from 0 up and emptied from the end, so
/// the shares hold at every moment of a ramp. Grown when asked; for one thread at a time.
/// </summary>
internal sealed class UserSequence
{
    private readonly Draw _weighted;
    private ushort[] _classes = new ushort[64];
    private int _known;

    /// <exception cref="ArgumentException">There is no class, or there are more than 65,535.</exception>
    public UserSequence(IReadOnlyList<UserClass> classes)
        : this([.. classes.Select(user => new UserShare(user.Name, user.Weight, user.FixedCount))])
    {
    }

    /// <exception cref="ArgumentException">There is no class, or there are more than 65,535.</exception>
    public UserSequence(IReadOnlyList<UserShare> shares)
    {
        if (shares.Count is 0 or > ushort.MaxValue)
            throw new ArgumentException($"{shares.Count} user classes cannot be dealt.", nameof(shares));

        ClassCount = shares.Count;
        FixedUsers = shares.Sum(share => share.FixedCount);
        _weighted = new Draw([.. shares.Select(share => share.FixedCount > 0 ? share with { Weight = 0 } : share)]);
        Limit = _weighted.IsEmpty ? FixedUsers : int.MaxValue;

        var fixedOnes = new Draw([.. shares.Select(share => share with { Weight = share.FixedCount })]);
        for (var i = 0; i < FixedUsers; i++)
            Add(fixedOnes.Next());
    }

    /// <summary>Number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Number of users of the classes with a fixed count.</summary>
    public int FixedUsers { get; }

    /// <summary>The most users there can be: no bound unless every class has a fixed count.</summary>
    public int Limit { get; }

    /// <summary>Index of the class of the user in <paramref name="slot"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slot is negative or not below <see cref="Limit"/>.</exception>
    public int ClassOf(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Limit);
        while (_known <= slot)
            Add(_weighted.Next());
        return _classes[slot];
    }

    /// <summary>Number of users of each class when there are <paramref name="users"/> in all, at most <see cref="Limit"/>.</summary>
    public int[] CountsFor(int users)
    {
        var counts = new int[ClassCount];
        for (var slot = 0; slot < Math.Min(users, Limit); slot++)
            counts[ClassOf(slot)]++;
        return counts;
    }

    private void Add(int userClass)
    {
        if (_known == _classes.Length)
            Array.Resize(ref _classes, _classes.Length * 2);
        _classes[_known++] = (ushort)userClass;
    }

    /// <summary>The greedy choice; classes of weight 0 take no part.</summary>
    private sealed class Draw(UserShare[] shares)
    {
        private readonly double[] _counted = [.. shares.Select(share => share.Weight)];
        private readonly double[] _scores = [.. shares.Select(share => Score(share.Weight, share.Weight))];
        private readonly int[] _taking = [.. Enumerable.Range(0, shares.Length).Where(i => shares[i].Weight > 0)];

        public bool IsEmpty => _taking.Length == 0;

        public int Next()
        {
            var best = _taking[0];
            foreach (var candidate in _taking.AsSpan(1))
            {
                if (IsBefore(candidate, best))
                    best = candidate;
            }

            _scores[best] = Score(shares[best].Weight, ++_counted[best]);
            return best;
        }

        private static double Score(double weight, double counted) => weight * Math.Log2(counted / (counted + 1));

        private bool IsBefore(int a, int b)
        {
            var order = _scores[a].CompareTo(_scores[b]);
            if (order == 0)
                order = _counted[a].CompareTo(_counted[b]);
            if (order == 0)
                order = shares[a].Weight.CompareTo(shares[b].Weight);
            return (order == 0 ? string.CompareOrdinal(shares[a].Name, shares[b].Name) : order) < 0;
        }
    }
}

/// <summary>What decides how many users of a class there are.</summary>
/// <param name="Name">Name of the class; decides ties.</param>
/// <param name="Weight">Share, above 0.</param>
/// <param name="FixedCount">Exact number; 0 shares by weight.</param>
internal sealed record UserShare(string Name, double Weight, int FixedCount = 0);
