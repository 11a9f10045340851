using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// Points of one length of one endpoint. Those of the last few seconds are open: their distribution is kept, so that reports which come
/// late still count. Then only the figures stay.
/// </summary>
/// <param name="width">Length of a point in seconds.</param>
/// <param name="capacity">Most points that are kept; the oldest go.</param>
internal sealed class CourseTier(int width, int capacity)
{
    private const int LateSeconds = 10;

    private readonly List<Open> _open = [];
    private readonly List<CoursePoint> _closed = [];

    /// <summary>Length of a point in seconds.</summary>
    public int Width { get; private set; } = width;

    /// <summary>Counts what happened in a second.</summary>
    /// <returns>False when its point was closed, so that only the counts of that are right.</returns>
    public bool Add(int second, long requests, long failures, OpenTimes times)
    {
        if (OpenAt(second) is not { } open)
        {
            AddLate(second - second % Width, requests, failures, times);
            return false;
        }

        open.Add(requests, failures, times);
        return true;
    }

    /// <summary>Counts what happened in a second whose point is not closed.</summary>
    /// <returns>False when it is: nothing was counted.</returns>
    public bool TryAdd(int second, long requests, long failures, HistogramData good, HistogramData failed)
    {
        var open = OpenAt(second);
        open?.Add(requests, failures, good, failed);
        return open is not null;
    }

    /// <summary>Closes the points for which nothing more is expected.</summary>
    /// <param name="newest">Newest second of the run.</param>
    /// <param name="into">Longer points that a closed one becomes a part of.</param>
    public void Advance(int newest, params ReadOnlySpan<CourseTier> into)
    {
        while (_open.Count > 0 && _open[0].Start + Width + LateSeconds <= newest)
        {
            var open = _open[0];
            foreach (var tier in into)
                tier.Add(open.Start, open.Requests, open.Failures, open.Times);
            _closed.Add(open.ToPoint());
            _open.RemoveAt(0);
        }
        // Moving the rest down costs as much as the rest is long, so it is done for many at once.
        if (_closed.Count > capacity + capacity / 4)
            _closed.RemoveRange(0, _closed.Count - capacity);
    }

    /// <summary>Makes the points longer.</summary>
    public void Widen(int width)
    {
        Width = width;
        var points = _closed.ToList();
        _closed.Clear();
        foreach (var point in points)
        {
            int start = point.Start - point.Start % width;
            if (_closed.Count > 0 && _closed[^1].Start == start)
                _closed[^1] = CoursePoint.Join(_closed[^1], point);
            else
                _closed.Add(point with { Start = start });
        }
        var open = _open.ToList();
        _open.Clear();
        foreach (var one in open)
            Add(one.Start, one.Requests, one.Failures, one.Times);
    }

    /// <summary>The points that begin in a span of seconds, oldest first.</summary>
    public IEnumerable<CoursePoint> Points(int from, int to)
    {
        int first = _closed.FindIndex(p => p.Start >= from);
        for (int i = Math.Max(first, 0); first >= 0 && i < _closed.Count && _closed[i].Start < to; i++)
            yield return _closed[i];
        foreach (var open in _open)
        {
            if (open.Start >= from && open.Start < to)
                yield return open.ToPoint();
        }
    }

    /// <summary>The point that begins at a second, if it is among the last ones.</summary>
    public IEnumerable<CoursePoint> LastAt(int second)
    {
        foreach (var open in _open)
        {
            if (open.Start == second)
                yield return open.ToPoint();
        }
    }

    // The distribution of that time is gone; the counts stay right, and the percentiles are off by what so few requests may change.
    private void AddLate(int start, long requests, long failures, OpenTimes times)
    {
        int place = _closed.FindLastIndex(p => p.Start <= start);
        var late = new Open(start);
        late.Add(requests, failures, times);
        var point = late.ToPoint();
        if (place >= 0 && _closed[place].Start == start)
            _closed[place] = _closed[place] with { Requests = _closed[place].Requests + point.Requests, Failures = _closed[place].Failures + point.Failures };
        else
            _closed.Insert(place + 1, point);
    }

    // The open point of a second, made when there is none; null when it is closed.
    private Open? OpenAt(int second)
    {
        int start = second - second % Width;
        int place = _open.FindLastIndex(o => o.Start <= start);
        if (place >= 0 && _open[place].Start == start)
            return _open[place];
        if (_closed.Count > 0 && start <= _closed[^1].Start)
            return null;
        var open = new Open(start);
        _open.Insert(place + 1, open);
        return open;
    }

    private sealed class Open(int start)
    {
        private static readonly double[] Shown = [0.5, 0.95, 0.99];

        public int Start { get; } = start;

        public long Requests { get; private set; }

        public long Failures { get; private set; }

        public OpenTimes Times { get; } = new();

        public void Add(long requests, long failures, HistogramData good, HistogramData failed)
        {
            Requests += requests;
            Failures += failures;
            Times.Add(good);
            Times.Add(failed);
        }

        public void Add(long requests, long failures, OpenTimes times)
        {
            Requests += requests;
            Failures += failures;
            Times.Add(times);
        }

        public CoursePoint ToPoint()
        {
            Span<long> times = stackalloc long[Shown.Length];
            Times.Percentiles(Shown, times);
            return new(Start, (int)Math.Min(Requests, int.MaxValue), (int)Math.Min(Failures, int.MaxValue), Ms(times[0]), Ms(times[1]), Ms(times[2]));
        }

        private static float Ms(long ns) => (float)(ns / 1e6);
    }
}
