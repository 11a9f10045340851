namespace Onrush.Runs;

/// <summary>
/// The course of a run in bounded memory: points of one second for the last hour, of ten seconds for the five hours before, of sixty
/// seconds for a day before that; on still longer runs the oldest points double in length until a day's worth of them is enough.
/// Which second is kept how finely depends on the newest second alone, so the order in which reports arrive makes no difference.
/// </summary>
internal sealed class Timeline
{
    /// <summary>How far back points are one second long.</summary>
    public const int FineSeconds = 3600;

    /// <summary>How far back before that they are <see cref="MediumWidth"/> long.</summary>
    public const int MediumSeconds = 5 * 3600;

    /// <summary>Length in seconds of the points in the middle.</summary>
    public const int MediumWidth = 10;

    /// <summary>Length in seconds of the oldest points, at first.</summary>
    public const int CoarseWidth = 60;

    private const int MaxCoarsePoints = 24 * 60;
    private const int LateSeconds = 120;

    private readonly SortedDictionary<int, TimePoint> _coarse = [];
    private readonly SortedDictionary<int, TimePoint> _medium = [];
    private readonly SortedDictionary<int, TimePoint> _fine = [];
    private readonly Queue<TimePoint> _open = new();
    private int _newest = -1;
    private int _fineFrom;
    private int _mediumFrom;
    private int _coarseWidth = CoarseWidth;

    /// <summary>The newest second; -1 before the first.</summary>
    public int Newest => _newest;

    /// <summary>The points, oldest first.</summary>
    public IEnumerable<TimePoint> Points => _coarse.Values.Concat(_medium.Values).Concat(_fine.Values);

    /// <summary>Where the points of one second begin, and those of ten, when a second is the newest.</summary>
    public static (int FineFrom, int MediumFrom) Borders(int newest) => (
        Math.Max(newest + 1 - FineSeconds, 0) / MediumWidth * MediumWidth,
        Math.Max(newest + 1 - FineSeconds - MediumSeconds, 0) / CoarseWidth * CoarseWidth);

    /// <summary>Length of the oldest points when a second is the newest.</summary>
    public static int CoarseWidthAt(int newest, int width)
    {
        while (Borders(newest).MediumFrom / width > MaxCoarsePoints)
            width *= 2;
        return width;
    }

    /// <summary>The point that holds a second, made when there is none.</summary>
    public TimePoint At(int second)
    {
        if (second > _newest)
            Advance(second);
        int start = StartOf(second);
        var points = TierOf(second);
        if (!points.TryGetValue(start, out var point))
        {
            points.Add(start, point = new TimePoint(start));
            _open.Enqueue(point);
        }
        return point;
    }

    /// <summary>The point that holds a second; null when nothing is known of it.</summary>
    public TimePoint? Find(int second) =>
        second >= 0 && second <= _newest && TierOf(second).TryGetValue(StartOf(second), out var point) ? point : null;

    /// <summary>Length in seconds of the point that begins at a second.</summary>
    public int LengthOf(int start) =>
        start >= _fineFrom ? 1
        : start >= _mediumFrom ? MediumWidth
        : Math.Min(_coarseWidth, _mediumFrom - start);

    private int StartOf(int second) =>
        second >= _fineFrom ? second
        : second >= _mediumFrom ? second - second % MediumWidth
        : second - second % _coarseWidth;

    private SortedDictionary<int, TimePoint> TierOf(int second) =>
        second >= _fineFrom ? _fine : second >= _mediumFrom ? _medium : _coarse;

    private void Advance(int newest)
    {
        _newest = newest;
        (_fineFrom, _mediumFrom) = Borders(newest);
        while (_open.TryPeek(out var point) && point.Start < newest - LateSeconds)
            _open.Dequeue().Freeze();
        MoveOut(_fine, _fineFrom);
        MoveOut(_medium, _mediumFrom);
        int width = CoarseWidthAt(newest, _coarseWidth);
        if (width == _coarseWidth)
            return;
        _coarseWidth = width;
        var points = _coarse.Values.ToList();
        _coarse.Clear();
        foreach (var point in points)
            At(point.Start).Merge(point);
    }

    private void MoveOut(SortedDictionary<int, TimePoint> points, int before)
    {
        while (points.Count > 0 && points.First() is var (start, point) && start < before)
        {
            points.Remove(start);
            At(start).Merge(point);
        }
    }
}
