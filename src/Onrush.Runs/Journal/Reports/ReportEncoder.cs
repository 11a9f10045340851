using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// Packs interval reports. Names are written once and then referred to by number; every so often a report is complete in itself, so that a damaged
/// frame costs a minute at most. A report written by an encoder that was just made is complete. Used by one thread.
/// </summary>
internal sealed class ReportEncoder
{
    /// <summary>Version of the layout that is written.</summary>
    public const byte Version = 1;

    private const int CompleteEvery = 60;
    private const int MostCharacters = 256 << 10;
    private const int MostNames = 8192;

    private readonly ReportNames _names = new();
    private readonly ReportColumns _columns = new();
    private readonly PackedWriter _report = new();
    private int _sinceComplete = CompleteEvery;
    private long _generation;

    /// <summary>Makes the next report complete in itself, because one before it was not kept.</summary>
    public void Restart() => _sinceComplete = CompleteEvery;

    /// <summary>Packs a report.</summary>
    /// <returns>The bytes; valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(IntervalReport report)
    {
        if (++_sinceComplete > CompleteEvery || _names.Characters > MostCharacters || _names.Texts + _names.Series + _names.Metrics > MostNames)
        {
            _names.Clear();
            _sinceComplete = 1;
            // Tells apart what belongs together, whichever process wrote it.
            _generation = Math.Max(_generation + 1, report.EndUnixMs);
        }

        _columns.Clear();
        _report.Clear();
        _report.Count(_generation);
        _report.Count(_names.Texts);
        _report.Count(_names.Series);
        _report.Count(_names.Metrics);
        Head(report);
        Gauges(report.Gauges);
        Totals(report);
        _report.Block(_columns.Texts.Bytes);
        _report.Block(_columns.Series.Bytes);
        _report.Block(_columns.Metrics.Bytes);
        _report.Block(_columns.Figures.Bytes);
        _report.Block(_columns.Bits.Bytes);
        return _report.Bytes;
    }

    private void Head(IntervalReport report)
    {
        Text(report.Worker);
        Count(report.Incarnation);
        Count(report.FirstSequence);
        Count(report.LastSequence - report.FirstSequence);
        Count(report.StartUnixMs);
        Count(report.DurationNs);
    }

    private void Gauges(IntervalGauges gauges)
    {
        Count(gauges.UsersByClass.Count);
        foreach (var (name, users) in gauges.UsersByClass)
        {
            Text(name);
            Count(users);
        }

        Count(gauges.Scenarios.Count);
        foreach (var (name, scenario) in gauges.Scenarios)
        {
            Text(name);
            Count(scenario.Users);
            Count(scenario.Waiting);
        }

        Count(gauges.Spawning ? 1 : 0);
        // A loop that user code holds may know less of what it began than of what it ended.
        _columns.Figures.Signed(gauges.InFlight);
        _columns.Figures.Signed(gauges.OldestRequestNs);
    }

    private void Totals(IntervalReport report)
    {
        var totals = report.Totals;
        Count(totals.UsersStarted);
        Count(totals.UsersFailedOnStart);
        Count(totals.DroppedNames);
        Table(totals.Series.Values.Select(s => (_names.SeriesNumber(s.Key, _columns), s)), Series);
        Count(totals.Errors.Count);
        foreach (var (key, tally) in totals.Errors)
        {
            Count(_names.SeriesNumber(key.Series, _columns));
            Count((int)key.Outcome);
            Text(key.Message);
            Tally(tally, report.StartUnixMs);
        }

        Count(totals.Exceptions.Count);
        foreach (var (key, tally) in totals.Exceptions)
        {
            Text(key.UserClass);
            Text(key.Task);
            Text(key.Type);
            Text(key.Message);
            Text(key.StackTrace);
            Tally(tally, report.StartUnixMs);
        }

        Table(totals.Iterations.Values.Select(i => (_names.Text(i.Scenario, _columns), i)), Iterations);
        Table(totals.Loops.Values.Select(l => (l.Loop, l)), Loop);
        Table(totals.Metrics.Select(m => (_names.MetricNumber(m.Key, _columns), m.Value)), metric => Metric(metric, report.StartUnixMs));
    }

    // By number, so that mostly a 1 says that the next one follows.
    private void Table<T>(IEnumerable<(int Number, T Value)> rows, Action<T> write)
    {
        (int Number, T Value)[] sorted = [.. rows.OrderBy(row => row.Number)];
        Count(sorted.Length);
        var last = -1;
        foreach (var (number, value) in sorted)
        {
            Count(number - last);
            last = number;
            write(value);
        }
    }

    private void Series(SeriesInterval series)
    {
        Count(series.Started);
        Count(series.BytesSent);
        Count(series.BytesReceived);
        Count(series.ContentLength);
        var outcomes = series.Outcomes;
        var present = 0L;
        for (var i = 0; i < outcomes.Length; i++)
            present |= outcomes[i] != 0 ? 1L << i : 0;
        Count(present);
        foreach (var count in outcomes)
        {
            if (count != 0)
                Count(count);
        }

        Count(series.Statuses.Length);
        foreach (var (status, count) in series.Statuses)
        {
            _columns.Figures.Signed(status);
            Count(count);
        }

        foreach (var time in SeriesTimes.All)
            HistogramPacking.Write(series.Time(time), SeriesTimes.Expected(time, outcomes), SeriesTimes.Like(time) is { } like ? series.Time(like) : null, _columns);
    }

    private void Iterations(IterationInterval iterations)
    {
        Count(iterations.Failed);
        Count(iterations.Dropped);
        Count(iterations.Interrupted);
        Count(iterations.Offered);
        HistogramPacking.Write(iterations.Duration, 0, null, _columns);
        HistogramPacking.Write(iterations.Lateness, iterations.Duration.Count, null, _columns);
        HistogramPacking.Write(iterations.FromDue, 0, iterations.Duration, _columns);
    }

    private void Loop(LoopHealth loop)
    {
        Count(loop.DurationNs);
        Count(loop.BusyNs);
        HistogramPacking.Write(loop.Lag, 0, null, _columns);
        HistogramPacking.Write(loop.Canary, 0, null, _columns);
        HistogramPacking.Write(loop.Added, 0, null, _columns);
    }

    private void Metric(MetricInterval metric, long startUnixMs)
    {
        Count(metric.Count);
        _columns.Figures.Real(metric.Sum);
        _columns.Figures.Real(metric.Min);
        _columns.Figures.Real(metric.Max);
        _columns.Figures.Real(metric.Last);
        _columns.Figures.Signed(metric.LastUnixMs - startUnixMs);
        HistogramPacking.Write(metric.Values, 0, null, _columns);
    }

    private void Tally(Tally tally, long startUnixMs)
    {
        Count(tally.Count);
        _columns.Figures.Signed(tally.FirstUnixMs - startUnixMs);
        _columns.Figures.Signed(tally.LastUnixMs - tally.FirstUnixMs);
    }

    private void Count(long value) => _columns.Figures.Count(value);

    private void Text(string text) => Count(_names.Text(text, _columns));
}
