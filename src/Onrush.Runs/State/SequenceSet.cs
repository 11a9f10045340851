namespace Onrush.Runs;

/// <summary>Which reports of one life of a worker were applied: ranges of numbers, joined where they touch, so usually one.</summary>
internal sealed class SequenceSet
{
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>The numbers in it as ranges, lowest first.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => _ranges;

    /// <summary>Highest number; 0 when there is none.</summary>
    public long Highest => _ranges.Count == 0 ? 0 : _ranges[^1].Last;

    /// <summary>True when every number from 1 to <see cref="Highest"/> is in the set.</summary>
    public bool IsComplete => _ranges.Count == 0 || (_ranges.Count == 1 && _ranges[0].First == 1);

    /// <summary>The numbers below <see cref="Highest"/> that are missing.</summary>
    public IEnumerable<(long First, long Last)> Gaps
    {
        get
        {
            long next = 1;
            foreach (var (first, last) in _ranges)
            {
                if (first > next)
                    yield return (next, first - 1);
                next = last + 1;
            }
        }
    }

    /// <summary>Adds a range. False, and no change, when any of its numbers is in the set.</summary>
    public bool Add(long first, long last)
    {
        int at = _ranges.Count;
        while (at > 0 && _ranges[at - 1].First > last)
            at--;
        if (at > 0 && _ranges[at - 1].Last >= first)
            return false;
        bool joinsBefore = at > 0 && _ranges[at - 1].Last == first - 1;
        bool joinsAfter = at < _ranges.Count && _ranges[at].First == last + 1;
        if (joinsBefore && joinsAfter)
        {
            _ranges[at - 1] = (_ranges[at - 1].First, _ranges[at].Last);
            _ranges.RemoveAt(at);
        }
        else if (joinsBefore)
        {
            _ranges[at - 1] = (_ranges[at - 1].First, last);
        }
        else if (joinsAfter)
        {
            _ranges[at] = (first, _ranges[at].Last);
        }
        else
        {
            _ranges.Insert(at, (first, last));
        }
        return true;
    }

    /// <summary>True when every number of the range is in the set.</summary>
    public bool Contains(long first, long last) => _ranges.Exists(r => r.First <= first && last <= r.Last);
}
