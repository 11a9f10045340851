namespace Onrush.Runs;

/// <summary>
/// The course of one measurement of the target in bounded memory: points of the lengths that <see cref="Timeline"/> has. What a picture was given is never
/// changed: new points are added behind it, and anything else is done to a copy, which is seldom.
/// </summary>
internal sealed class TargetSeries(string source, string name)
{
    private const int FirstSize = 64;
    private const int CompactEverySeconds = 60;

    private TargetPoint[] _points = new TargetPoint[FirstSize];
    private int _count;
    private int _newest;
    private int _compactedAt;
    private int _coarseWidth = Timeline.CoarseWidth;

    /// <summary>Its unit; the one that was said last.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Adds a reading.</summary>
    /// <param name="second">When, in seconds from the start of the run.</param>
    /// <param name="value">What was read; no number where it could not be.</param>
    /// <param name="foldedAt">The newest second of the run.</param>
    public void Add(int second, double value, int foldedAt)
    {
        if (second > _newest)
        {
            _newest = second;
            _coarseWidth = Timeline.CoarseWidthAt(second, _coarseWidth);
        }

        if (_newest - _compactedAt >= CompactEverySeconds)
            Compact();
        var (start, length) = SlotOf(second);
        Put(TargetPoint.Of(start, length, value, foldedAt));
    }

    /// <summary>What it has given so far.</summary>
    public TargetRow ToRow() => new(source, name, Unit, new ArraySegment<TargetPoint>(_points, 0, _count));

    private void Put(TargetPoint point)
    {
        int place = _count;
        while (place > 0 && _points[place - 1].StartSecond > point.StartSecond)
            place--;
        if (place > 0 && _points[place - 1].StartSecond == point.StartSecond)
        {
            Copy(_points.Length);
            _points[place - 1] = _points[place - 1].Join(point);
            return;
        }

        if (_count == _points.Length)
            Copy(_count * 2);
        else if (place < _count)
            Copy(_points.Length);
        Array.Copy(_points, place, _points, place + 1, _count - place);
        _points[place] = point;
        _count++;
    }

    private void Copy(int size)
    {
        var points = new TargetPoint[size];
        Array.Copy(_points, points, _count);
        _points = points;
    }

    // Old points become longer as the run goes on.
    private void Compact()
    {
        _compactedAt = _newest;
        var (old, count) = (_points, _count);
        if (Array.TrueForAll(old[..count], point => SlotOf(point.StartSecond).Length == point.LengthSeconds))
            return;
        (_points, _count) = (new TargetPoint[old.Length], 0);
        for (int i = 0; i < count; i++)
        {
            var (start, length) = SlotOf(old[i].StartSecond);
            var point = old[i] with { StartSecond = start, LengthSeconds = length };
            if (_count > 0 && _points[_count - 1].StartSecond == start)
                _points[_count - 1] = _points[_count - 1].Join(point);
            else
                _points[_count++] = point;
        }
    }

    private (int Start, int Length) SlotOf(int second)
    {
        var (fineFrom, mediumFrom) = Timeline.Borders(_newest);
        if (second >= fineFrom)
            return (second, 1);
        if (second >= mediumFrom)
            return (second - second % Timeline.MediumWidth, Timeline.MediumWidth);
        int start = second - second % _coarseWidth;
        return (start, Math.Min(_coarseWidth, mediumFrom - start));
    }
}
