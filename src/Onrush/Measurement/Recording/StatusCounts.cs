namespace Onrush.Measurement;

/// <summary>
/// How often each HTTP status came in one interval half. Hot: owned by the thread that holds the half. A series sees a handful of
/// statuses, so a short list searched from the front beats a dictionary.
/// </summary>
internal sealed class StatusCounts
{
    private short[] _statuses = [];
    private int[] _counts = [];
    private int _used;

    /// <summary>Counts one response.</summary>
    public void Add(short status)
    {
        short[] statuses = _statuses;
        for (int i = 0; i < _used && i < statuses.Length; i++)
        {
            if (statuses[i] == status)
            {
                _counts[i]++;
                return;
            }
        }
        AddNew(status);
    }

    /// <summary>The counts so far, ascending by status.</summary>
    public (int Status, long Count)[] ToArray()
    {
        var all = new List<(int Status, long Count)>(_used);
        for (int i = 0; i < _used; i++)
            if (_counts[i] > 0)
                all.Add((_statuses[i], _counts[i]));
        all.Sort();
        return [.. all];
    }

    /// <summary>Sets all counts to zero and keeps the list.</summary>
    public void Clear() => Array.Clear(_counts);

    private void AddNew(short status)
    {
        if (_used == _statuses.Length)
        {
            Array.Resize(ref _statuses, _used + 4);
            Array.Resize(ref _counts, _used + 4);
        }
        _statuses[_used] = status;
        _counts[_used++] = 1;
    }
}
