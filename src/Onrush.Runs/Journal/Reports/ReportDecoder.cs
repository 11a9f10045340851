using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// Reads packed reports, whatever their bytes are: a report, or an exception. Memory is bounded by the bytes and by <see cref="ReportLimits"/>. Used by
/// one thread.
/// </summary>
internal sealed class ReportDecoder
{
    private readonly KnownNames _names = new();

    /// <summary>Reads a report.</summary>
    /// <param name="bytes">What the encoder gave.</param>
    /// <exception cref="DamagedDataException">It makes no sense, or refers to one before it that was not read.</exception>
    public IntervalReport Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new DamagedDataException(exception.Message);
        }
    }

    private IntervalReport Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        _names.Expect(
            generation: reader.Count(long.MaxValue),
            texts: reader.CountUpTo(int.MaxValue),
            series: reader.CountUpTo(int.MaxValue),
            metrics: reader.CountUpTo(int.MaxValue));
        _names.AddTexts(reader.Block());
        _names.AddSeries(reader.Block());
        _names.AddMetrics(reader.Block());
        var from = new ReportSource(figures: reader.Block(), bits: reader.Block());
        return Report(ref from);
    }

    private IntervalReport Report(ref ReportSource from)
    {
        var worker = Text(ref from);
        var incarnation = (int)from.Figures.Count(int.MaxValue);
        var first = from.Figures.Count(ReportLimits.Count);
        var last = first + from.Figures.Count(ReportLimits.Count);
        var start = from.Figures.Count(JournalFormat.MaxUnixMs - ReportLimits.Ns / 1_000_000);
        var duration = from.Figures.Count(ReportLimits.Ns);
        if (first == 0)
            throw new DamagedDataException("reports are numbered from 1");
        return new IntervalReport
        {
            Worker = worker,
            Incarnation = incarnation,
            FirstSequence = first,
            LastSequence = last,
            StartUnixMs = start,
            DurationNs = duration,
            Gauges = Gauges(ref from),
            Totals = Totals(start, ref from),
        };
    }

    private IntervalGauges Gauges(ref ReportSource from)
    {
        var users = new SortedDictionary<string, int>(StringComparer.Ordinal);
        long sum = 0;
        for (var left = Entries(ref from); left > 0; left--)
        {
            var name = Text(ref from);
            var count = from.Figures.CountUpTo(ReportLimits.Users);
            users[name] = count;
            sum += count;
        }

        if (sum > ReportLimits.Users)
            throw new DamagedDataException("there are too many users");
        var scenarios = new Dictionary<string, ScenarioGauge>();
        for (var left = Entries(ref from); left > 0; left--)
            scenarios[Text(ref from)] = new ScenarioGauge(from.Figures.CountUpTo(ReportLimits.Users), Count(ref from));
        return new IntervalGauges
        {
            UsersByClass = users,
            Scenarios = scenarios,
            Spawning = from.Figures.Count(1) == 1,
            InFlight = Bounded(from.Figures.Signed(), ReportLimits.Count),
            OldestRequestNs = Bounded(from.Figures.Signed(), ReportLimits.Ns),
        };
    }

    private IntervalTotals Totals(long startUnixMs, ref ReportSource from)
    {
        long started = Count(ref from), failed = Count(ref from), dropped = Count(ref from);
        var series = new Dictionary<SeriesKey, SeriesInterval>();
        long number = -1;
        for (var left = Entries(ref from); left > 0; left--)
        {
            var key = _names.Series(Next(ref number, ref from));
            Put(series, key, Series(key, ref from), SeriesInterval.Merge);
        }

        var errors = new Dictionary<ErrorKey, Tally>();
        for (var left = Entries(ref from); left > 0; left--)
        {
            var key = new ErrorKey(_names.Series(from.Figures.Count(int.MaxValue)), (Outcome)from.Figures.Count(OutcomeTable.Size - 1), Text(ref from));
            Put(errors, key, Tally(startUnixMs, ref from), (a, b) => a + b);
        }

        var exceptions = new Dictionary<ExceptionKey, Tally>();
        for (var left = Entries(ref from); left > 0; left--)
        {
            var key = new ExceptionKey(Text(ref from), Text(ref from), Text(ref from), Text(ref from), Text(ref from));
            Put(exceptions, key, Tally(startUnixMs, ref from), (a, b) => a + b);
        }

        var iterations = new Dictionary<string, IterationInterval>();
        number = -1;
        for (var left = Entries(ref from); left > 0; left--)
        {
            var scenario = _names.Text(Next(ref number, ref from));
            Put(iterations, scenario, Iterations(scenario, ref from), IterationInterval.Merge);
        }

        var loops = new Dictionary<int, LoopHealth>();
        number = -1;
        for (var left = Entries(ref from); left > 0; left--)
        {
            var loop = (int)Next(ref number, ref from);
            Put(loops, loop, Loop(loop, ref from), LoopHealth.Merge);
        }

        var metrics = new Dictionary<MetricKey, MetricInterval>();
        number = -1;
        for (var left = Entries(ref from); left > 0; left--)
            Put(metrics, _names.Metric(Next(ref number, ref from)), Metric(startUnixMs, ref from), MetricInterval.Merge);
        return new IntervalTotals
        {
            Series = series,
            Errors = errors,
            Exceptions = exceptions,
            Iterations = iterations,
            Metrics = metrics,
            Loops = loops,
            UsersStarted = started,
            UsersFailedOnStart = failed,
            DroppedNames = dropped,
        };
    }

    private static SeriesInterval Series(SeriesKey key, ref ReportSource from)
    {
        long started = Count(ref from), sent = Count(ref from), received = Count(ref from), length = Count(ref from);
        var present = from.Figures.Count((1L << OutcomeTable.Size) - 1);
        var outcomes = new long[OutcomeTable.Size];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = (present & (1L << i)) != 0 ? Count(ref from) : 0;
        var statuses = new (int Status, long Count)[from.Figures.CountUpTo(Math.Min(ReportLimits.Statuses, from.Figures.Left / 2))];
        for (var i = 0; i < statuses.Length; i++)
            statuses[i] = ((int)Bounded(from.Figures.Signed(), short.MaxValue), Count(ref from));
        var times = new HistogramData[SeriesTimes.All.Length];
        foreach (var time in SeriesTimes.All)
            times[(int)time] = HistogramPacking.Read(SeriesTimes.Expected(time, outcomes), SeriesTimes.Like(time) is { } like ? times[(int)like] : null, ref from);
        return new SeriesInterval(key, outcomes, statuses, times)
        {
            Started = started,
            BytesSent = sent,
            BytesReceived = received,
            ContentLength = length,
        };
    }

    private static IterationInterval Iterations(string scenario, ref ReportSource from)
    {
        long failed = Count(ref from), dropped = Count(ref from), interrupted = Count(ref from), offered = Count(ref from);
        var duration = HistogramPacking.Read(0, null, ref from);
        var lateness = HistogramPacking.Read(duration.Count, null, ref from);
        var fromDue = HistogramPacking.Read(0, duration, ref from);
        return new IterationInterval(scenario, failed, duration, lateness, fromDue) { Dropped = dropped, Interrupted = interrupted, Offered = offered };
    }

    private static LoopHealth Loop(int loop, ref ReportSource from) => new(
        loop,
        from.Figures.Count(ReportLimits.Ns),
        from.Figures.Count(ReportLimits.Ns),
        HistogramPacking.Read(0, null, ref from),
        HistogramPacking.Read(0, null, ref from),
        HistogramPacking.Read(0, null, ref from));

    private static MetricInterval Metric(long startUnixMs, ref ReportSource from) => new(
        Count(ref from),
        Real(ref from),
        Real(ref from),
        Real(ref from),
        Real(ref from),
        UnixMs(startUnixMs, ref from),
        HistogramPacking.Read(0, null, ref from));

    private static Tally Tally(long startUnixMs, ref ReportSource from)
    {
        var count = Count(ref from);
        var first = UnixMs(startUnixMs, ref from);
        return new Tally(count, first, UnixMs(first, ref from));
    }

    // Texts that differ only in what is no Unicode are the same in UTF-8.
    private static void Put<TKey, TValue>(Dictionary<TKey, TValue> table, TKey key, TValue value, Func<TValue, TValue, TValue> add)
        where TKey : notnull => table[key] = table.TryGetValue(key, out var present) ? add(present, value) : value;

    // Each entry takes a byte at least.
    private static int Entries(ref ReportSource from) => from.Figures.CountUpTo(Math.Min(ReportLimits.Entries, from.Figures.Left));

    private static long Next(ref long number, ref ReportSource from)
    {
        number += from.Figures.Count(int.MaxValue);
        return number is >= 0 and <= int.MaxValue ? number : throw new DamagedDataException("a number is too large");
    }

    private static long Count(ref ReportSource from) => from.Figures.Count(ReportLimits.Count);

    private static double Real(ref ReportSource from)
    {
        var value = from.Figures.Real();
        return Math.Abs(value) <= ReportLimits.Real ? value : throw new DamagedDataException("a value is too large");
    }

    private static long UnixMs(long from, ref ReportSource source)
    {
        var value = from + source.Figures.Signed();
        return value >= 0 && value <= JournalFormat.MaxUnixMs ? (long)value : throw new DamagedDataException("a time is out of range");
    }

    private static long Bounded(Int128 value, long most) =>
        value >= -most && value <= most ? (long)value : throw new DamagedDataException("a number is too large");

    private string Text(ref ReportSource from) => _names.Text(from.Figures.Count(int.MaxValue));
}
