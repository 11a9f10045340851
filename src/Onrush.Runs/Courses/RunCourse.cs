using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// The course of each endpoint, and the marks of the run. Filled by the fold, read by whoever shows it: the one part of run state that is not copied
/// into each snapshot, since it is large and seldom asked for. A lock guards it; it is held for as long as it takes to copy a few thousand points.
/// Lengths of points are those of <see cref="Timeline"/>; each length is made from distributions, not from percentiles of shorter points.
/// </summary>
/// <param name="mostEndpoints">Endpoints whose course is kept; of those that come later only the totals are known.</param>
internal sealed class RunCourse(int mostEndpoints = 500)
{
    private const int MostMarks = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<EndpointKey, Tiers> _endpoints = [];
    private readonly List<RunMark> _marks = [];
    private int _newest = -1;
    private int _coarseWidth = Timeline.CoarseWidth;

    /// <summary>The marks, oldest first.</summary>
    public IReadOnlyList<RunMark> Marks
    {
        get
        {
            lock (_gate)
                return [.. _marks];
        }
    }

    /// <summary>The endpoints whose course is known.</summary>
    public IReadOnlyList<EndpointKey> Endpoints
    {
        get
        {
            lock (_gate)
                return [.. _endpoints.Keys];
        }
    }

    /// <summary>Adds what a report says of an endpoint.</summary>
    public void Add(SeriesKey key, SeriesInterval interval, ReportSpan span)
    {
        long requests = interval.Succeeded + interval.Failed;
        if (requests == 0)
            return;
        var (good, failed) = (interval.Time(RequestTime.Success), interval.Time(RequestTime.Failure));
        lock (_gate)
        {
            if (TiersOf(new EndpointKey(key.Scenario, key.Method, key.Name)) is not { } tiers)
                return;
            Advance(span.Last);
            for (int i = 0; i < span.Count; i++)
            {
                var isLast = i == span.Count - 1;
                tiers.Add(span.First + i, span.Share(requests, i), span.Share(interval.Failed, i), isLast ? good : HistogramData.Empty, isLast ? failed : HistogramData.Empty);
            }
            tiers.Advance(_newest, _coarseWidth);
        }
    }

    /// <summary>Notes that something happened. Past a thousand marks the oldest go.</summary>
    public void Mark(RunMark mark)
    {
        lock (_gate)
        {
            if (_marks.Count == MostMarks)
                _marks.RemoveAt(0);
            _marks.Add(mark);
        }
    }

    /// <summary>Notes a decision about the run.</summary>
    /// <param name="change">The decision.</param>
    /// <param name="atSeconds">When, in seconds from the start of the run.</param>
    public void Mark(RunChange change, double atSeconds)
    {
        string users = change.TargetUsers == 1 ? "user" : "users";
        if (change.Phase is RunPhase.Spawning or RunPhase.Running)
            Mark(new RunMark(atSeconds, RunMarkKind.Users, string.Create(CultureInfo.InvariantCulture, $"{change.TargetUsers:#,0} {users} at {change.SpawnRate:0.##}/s")));
        else if (change.Phase == RunPhase.Stopping)
            Mark(new RunMark(atSeconds, RunMarkKind.Stop, change.Reason ?? "stop"));
    }

    /// <summary>The points of an endpoint, oldest first, without those in which nothing finished; null when its course is not known.</summary>
    /// <param name="key">The endpoint.</param>
    /// <param name="from">Earliest beginning of a point, in seconds from the start of the run.</param>
    public IReadOnlyList<CoursePoint>? Points(EndpointKey key, int from = 0)
    {
        lock (_gate)
        {
            if (!_endpoints.TryGetValue(key, out var tiers))
                return null;
            tiers.Advance(_newest, _coarseWidth);
            var (fineFrom, mediumFrom) = Timeline.Borders(_newest);
            return
            [
                .. tiers.Coarse.Points(from, mediumFrom),
                .. tiers.Medium.Points(Math.Max(from, mediumFrom), fineFrom),
                .. tiers.Fine.Points(Math.Max(from, fineFrom), int.MaxValue),
            ];
        }
    }

    /// <summary>What each endpoint gave in one of the last seconds; endpoints without a request are left out.</summary>
    public IReadOnlyList<(EndpointKey Key, CoursePoint Point)> At(int second)
    {
        lock (_gate)
        {
            return
            [
                .. from endpoint in _endpoints
                   from point in endpoint.Value.Fine.LastAt(second)
                   select (endpoint.Key, point),
            ];
        }
    }

    private Tiers? TiersOf(EndpointKey key)
    {
        if (_endpoints.TryGetValue(key, out var tiers) || _endpoints.Count >= mostEndpoints)
            return tiers;
        _endpoints.Add(key, tiers = new Tiers(_coarseWidth));
        return tiers;
    }

    private void Advance(int newest)
    {
        if (newest <= _newest)
            return;
        _newest = newest;
        _coarseWidth = Timeline.CoarseWidthAt(newest, _coarseWidth);
    }

    private sealed class Tiers(int coarseWidth)
    {
        public CourseTier Fine { get; } = new(1, Timeline.FineSeconds + 60);

        public CourseTier Medium { get; } = new(Timeline.MediumWidth, (Timeline.FineSeconds + Timeline.MediumSeconds) / Timeline.MediumWidth + 10);

        public CourseTier Coarse { get; } = new(coarseWidth, int.MaxValue / 2);

        // Longer points are made of closed ones, since nobody asks for them before an hour has passed; only what comes too late for that goes into each.
        public void Add(int second, long requests, long failures, HistogramData good, HistogramData failed)
        {
            if (Fine.TryAdd(second, requests, failures, good, failed))
                return;
            var late = new OpenTimes();
            late.Add(good);
            late.Add(failed);
            Fine.Add(second, requests, failures, late);
            Medium.Add(second, requests, failures, late);
            Coarse.Add(second, requests, failures, late);
        }

        public void Advance(int newest, int coarseWidth)
        {
            if (coarseWidth != Coarse.Width)
                Coarse.Widen(coarseWidth);
            Fine.Advance(newest, Medium, Coarse);
            Medium.Advance(newest);
            Coarse.Advance(newest);
        }
    }
}
