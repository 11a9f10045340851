using Onrush.Runs.Journal;

namespace Onrush.Runs;

/// <summary>The measurements of the target. Owned by the thread of the run state.</summary>
/// <param name="most">Series that are told apart; those that come later are left out and counted.</param>
internal sealed class TargetTotals(int most)
{
    // The first reading is made while the run gets ready: that is how the target was without load.
    private const long BeforeMs = 10_000;

    private readonly Dictionary<(string Source, string Name), TargetSeries> _series = [];
    private readonly HashSet<(string, string)> _leftOut = [];

    /// <summary>Adds readings of one instant.</summary>
    /// <param name="metrics">The readings.</param>
    /// <param name="startUnixMs">Start of the run; what was read more than ten seconds before it is passed over, the rest before it is its first second.</param>
    /// <param name="foldedAt">The newest second of the run.</param>
    public void Add(TargetMetrics metrics, long startUnixMs, int foldedAt)
    {
        long second = Math.Max(0, metrics.UnixMs - startUnixMs) / 1000;
        if (metrics.UnixMs < startUnixMs - BeforeMs || second > int.MaxValue / 2)
            return;
        foreach (var (name, value) in metrics.Values)
        {
            var key = (metrics.Source, name);
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count >= most)
                {
                    if (_leftOut.Count < most)
                        _leftOut.Add(key);
                    continue;
                }

                _series.Add(key, series = new TargetSeries(metrics.Source, name));
            }

            if (metrics.Units.TryGetValue(name, out var unit))
                series.Unit = unit;
            series.Add((int)second, value, foldedAt);
        }
    }

    /// <summary>The series in the order in which they came.</summary>
    public IReadOnlyList<TargetRow> ToRows() => [.. _series.Values.Select(series => series.ToRow())];

    /// <summary>What the person who runs the test should know.</summary>
    public IEnumerable<string> Warnings => _leftOut.Count == 0
        ? []
        : [$"More than {most} series of the target are watched; the others were left out. Watch fewer, or give queries that match less."];
}
