using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Pipeline;

/// <summary>
/// Adds up interval reports into intervals of an output's own length, counted from the start of the run. A report belongs to the interval its middle lies in;
/// one that comes after that was handed on belongs to the next, so nothing is lost and nothing counted twice. Used by one thread.
/// </summary>
internal sealed class OutputFold(TimeSpan period)
{
    // With several workers, how long after its end an interval waits for reports on their way.
    private const long PatienceMs = 1500;

    private readonly long _periodMs = (long)period.TotalMilliseconds;
    private readonly SortedDictionary<long, SortedDictionary<string, WorkerPart>> _open = [];
    private readonly HashSet<string> _workers = [];
    private RunSnapshot _picture = RunSnapshot.Empty;
    private long? _startMs;
    private long _next;
    private int _mostUsers;

    /// <summary>Takes what was folded up to a picture, and gives the intervals that are whole now.</summary>
    public IReadOnlyList<FoldedInterval> Add(IReadOnlyList<IntervalReport> reports, RunSnapshot picture)
    {
        _picture = picture;
        _mostUsers = Math.Max(_mostUsers, picture.Users);
        _startMs ??= picture.StartTime?.ToUnixTimeMilliseconds() ?? (reports.Count > 0 ? reports[0].StartUnixMs : null);
        if (_startMs is not { } start)
            return [];
        foreach (var report in reports)
            Add(report, start);
        var nowMs = picture.TakenAt.ToUnixTimeMilliseconds() - (_workers.Count > 1 ? PatienceMs : 0);
        List<FoldedInterval> whole = [];
        // A run that was silent for long, as one whose coordinator was away, does not owe an interval for every second of that.
        while (nowMs >= start + (_next + 1) * _periodMs)
        {
            whole.Add(Close(_next, _periodMs));
            if (_open.Count == 0)
                _next = Math.Max(_next, (nowMs - start) / _periodMs);
        }

        return whole;
    }

    /// <summary>What is left at the end of the run.</summary>
    public IReadOnlyList<FoldedInterval> End()
    {
        List<FoldedInterval> rest = [];
        while (_open.Count > 0)
        {
            _next = Math.Max(_next, _open.First().Key);
            var lastMs = _open[_next].Count == 0 ? _periodMs : Math.Min(_periodMs, Math.Max(1, _picture.TakenAt.ToUnixTimeMilliseconds() - _startMs!.Value - _next * _periodMs));
            rest.Add(Close(_next, lastMs));
        }

        return rest;
    }

    private void Add(IntervalReport report, long start)
    {
        _workers.Add(report.Worker);
        var middle = report.EndUnixMs - Math.Min(report.DurationNs / 2_000_000, 500);
        var index = Math.Max(_next, (middle - start) / _periodMs);
        if (!_open.TryGetValue(index, out var workers))
            _open.Add(index, workers = new(StringComparer.Ordinal));
        workers[report.Worker] = workers.TryGetValue(report.Worker, out var part)
            ? part with { Totals = IntervalTotals.Merge(part.Totals, report.Totals), Gauges = report.Gauges }
            : new WorkerPart(report.Worker, report.Totals, report.Gauges);
    }

    private FoldedInterval Close(long index, long lengthMs)
    {
        _open.Remove(index, out var workers);
        _next = index + 1;
        return new FoldedInterval(workers is null ? [] : [.. workers.Values])
        {
            StartUnixMs = _startMs!.Value + index * _periodMs,
            LengthMs = lengthMs,
            Picture = _picture,
            MostUsers = _mostUsers,
        };
    }
}
