using Onrush.Measurement;

namespace Onrush.Runs.Comparison;

/// <summary>
/// Cuts the interval reports of a run into stretches of equal length, whatever the length of the run: when there are too many, two
/// neighbours become one. So a day of fifty endpoints takes no more memory than minutes of them. The order of the reports makes no
/// difference to the counts.
/// </summary>
internal sealed class CourseBuilder
{
    /// <summary>Most stretches that are kept.</summary>
    public const int MostSlots = 240;

    // A year. What claims to be later is a broken clock, and must not make the stretches longer.
    private const int MostSeconds = 366 * 24 * 3600;

    // What a report's end may lie behind the decision to stop and still be of the time before it.
    private const int LateMs = 200;

    private readonly List<Slot> _slots = [];
    private readonly Dictionary<(string Worker, int Incarnation), SequenceSet> _applied = [];
    private int _width = 1;
    private long? _startUnixMs;
    private long? _stopUnixMs;

    /// <summary>
    /// Takes a decision about the run into account: it says when the run began, and when the end began. What comes after that is left out:
    /// users go, and what they leave says nothing of the target.
    /// </summary>
    public void Apply(RunChange change)
    {
        if (change.Phase != RunPhase.Ready)
            _startUnixMs ??= change.UnixMs;
        if (change.Phase is RunPhase.Stopping or RunPhase.Stopped)
            _stopUnixMs ??= change.UnixMs;
    }

    /// <summary>Adds a report, unless it was added before.</summary>
    public void Apply(IntervalReport report)
    {
        var life = (report.Worker, report.Incarnation);
        if (!_applied.TryGetValue(life, out var applied))
            _applied.Add(life, applied = new SequenceSet());
        if (!applied.Add(report.FirstSequence, report.LastSequence))
            return;
        // A report that reaches a little past the stop is the last full second; one that begins after it belongs to the end.
        if (_stopUnixMs is { } stop && report.EndUnixMs > stop + LateMs)
            return;
        long start = _startUnixMs ??= report.StartUnixMs;
        var slot = SlotOf((int)Math.Clamp((report.EndUnixMs - 1 - start) / 1000, 0, MostSeconds));
        slot.Seconds = Math.Min(slot.Seconds + report.DurationNs / 1e9, _width);
        slot.Ramping |= report.Gauges.Spawning;
        foreach (var series in report.Totals.Series.Values)
        {
            var part = new EndpointPart(series.Succeeded, series.Failed, series.Time(RequestTime.Success));
            if (part.Requests == 0)
                continue;
            slot.Add(new Endpoint(series.Key.Scenario, series.Key.Method, series.Key.Name), part);
            slot.Add(Endpoint.All, part);
        }
        long median = slot.Parts.TryGetValue(Endpoint.All, out var all) ? all.Times.Percentile(0.5) : 0;
        if (report.Totals.Loops.Values.Any(loop => GeneratorRule.IsBound(loop, median)))
            slot.BoundSeconds = Math.Min(slot.BoundSeconds + 1, _width);
    }

    /// <summary>The run.</summary>
    public ComparedRun Build(string name, IReadOnlyDictionary<string, string> plan) => new(name, plan, [.. _slots.Where(s => s.Seconds > 0)]);

    private Slot SlotOf(int second)
    {
        while (second / _width >= MostSlots)
        {
            for (int i = 0; i * 2 < _slots.Count; i++)
            {
                _slots[i] = _slots[i * 2];
                if (i * 2 + 1 < _slots.Count)
                    _slots[i].Add(_slots[i * 2 + 1]);
            }
            _slots.RemoveRange((_slots.Count + 1) / 2, _slots.Count / 2);
            _width *= 2;
        }
        while (_slots.Count <= second / _width)
            _slots.Add(new Slot());
        return _slots[second / _width];
    }
}
