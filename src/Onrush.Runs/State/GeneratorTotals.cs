using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>How the engine loops of all workers kept up since the start of the run, and the verdict on it.</summary>
internal sealed class GeneratorTotals
{
    private readonly TimesTotal _lag = new();
    private readonly TimesTotal _canary = new();
    private readonly TimesTotal _added = new();
    private readonly SortedDictionary<(string Worker, int Loop), LoopFigures> _loops = [];
    private Int128 _busyNs;
    private Int128 _durationNs;
    private double _peakBusy;
    private long _peakLagNs;

    /// <summary>Adds the health of one loop in one interval.</summary>
    /// <param name="worker">Whose loop it is.</param>
    /// <param name="loop">Its health.</param>
    /// <param name="bound">Whether it was the limit.</param>
    public void Add(string worker, LoopHealth loop, bool bound)
    {
        var figures = _loops.GetValueOrDefault((worker, loop.Loop)) ?? new LoopFigures(worker, loop.Loop);
        _loops[(worker, loop.Loop)] = figures.Plus(loop, bound);
        _lag.Add(loop.Lag);
        _canary.Add(loop.Canary);
        _added.Add(loop.Added);
        _busyNs += loop.BusyNs;
        _durationNs += loop.DurationNs;
        if (loop.DurationNs < GeneratorRule.ShortestNs)
            return;
        _peakBusy = Math.Max(_peakBusy, loop.Busy);
        _peakLagNs = Math.Max(_peakLagNs, loop.LagP99Ns);
    }

    /// <summary>The health as it is shown.</summary>
    /// <param name="timeline">The course of the run.</param>
    /// <param name="currentSecond">The last complete second; -1 when there is none.</param>
    /// <param name="elapsed">Length of the run so far in seconds.</param>
    /// <param name="responses">Response times of all requests.</param>
    public GeneratorHealth ToHealth(Timeline timeline, int currentSecond, double elapsed, ResponseTimes responses)
    {
        if (_durationNs == 0)
            return GeneratorHealth.None;
        var current = timeline.Find(currentSecond);
        int bound = timeline.Points.Sum(p => p.BoundSeconds);
        return new GeneratorHealth
        {
            BusyPercent = (current?.Busy ?? 0) * 100,
            AverageBusyPercent = AverageBusyPercent,
            CurrentLagP99Ms = (current?.LagP99Ns ?? 0) / 1e6,
            Lag = _lag.Shown,
            Canary = _canary.Shown,
            Added = _added.Shown,
            BoundSeconds = bound,
            BoundSpans = Spans(timeline),
            Loops = [.. _loops.Values],
            Text = bound == 0 ? HealthyText() : BoundText(bound, (int)Math.Ceiling(elapsed), responses),
        };
    }

    private double AverageBusyPercent => Math.Min((double)_busyNs / (double)_durationNs * 100, 100);

    private static List<GeneratorSpan> Spans(Timeline timeline)
    {
        var spans = new List<GeneratorSpan>();
        foreach (var point in timeline.Points)
        {
            if (point.BoundSeconds == 0)
                continue;
            var from = TimeSpan.FromSeconds(point.Start);
            var to = from + TimeSpan.FromSeconds(timeline.LengthOf(point.Start));
            if (spans.Count > 0 && spans[^1].To == from)
                spans[^1] = spans[^1] with { To = to };
            else
                spans.Add(new GeneratorSpan(from, to));
        }
        return spans;
    }

    private string HealthyText()
    {
        string added = _added.Count == 0
            ? ""
            : $", added to responses p50 {Ms(_added.Shown.MedianMs)} p99 {Ms(_added.Shown.Percentile(0.99))} ms";
        return Invariant($"Generator had room: loops {AverageBusyPercent:0} % busy, lag p99 {PeakLag}{added}.");
    }

    private string BoundText(int bound, int seconds, ResponseTimes responses)
    {
        string text = Invariant(
            $"Generator-bound in {bound} of {Math.Max(bound, seconds)} s (busiest loop {_peakBusy * 100:0} % busy, ")
            + $"lag p99 {PeakLag})";
        if (responses.Count == 0)
            return text + ".";
        var (low, high) = Bracket(responses);
        return $"{text}: the true p99 is between {Ms(low)} and {Ms(high)} ms.";
    }

    // With receive timestamps the response times end when the bytes arrived, so they are the lower end. Without, they contain the
    // generator's lag, so they are the upper end.
    private (double Low, double High) Bracket(ResponseTimes responses)
    {
        double p99 = responses.Percentile(0.99);
        return _added.Count > 0
            ? (p99, p99 + _added.Shown.Percentile(0.99))
            : (Math.Max(p99 - _peakLagNs / 1e6, Math.Min(responses.MinMs, p99)), p99);
    }

    // The lag of the worst second; under a tenth of a millisecond nobody needs to know how far under.
    private string PeakLag => _peakLagNs < 100_000 ? "below 0.1 ms" : $"up to {Ms(_peakLagNs / 1e6)} ms";

    private static string Ms(double ms) => ms switch
    {
        < 1 => Invariant($"{ms:0.###}"),
        < 10 => Invariant($"{ms:0.##}"),
        < 100 => Invariant($"{ms:0.#}"),
        _ => Invariant($"{ms:0}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
