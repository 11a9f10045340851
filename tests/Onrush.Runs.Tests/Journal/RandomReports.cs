using Onrush.Measurement;

namespace Onrush.Runs.Tests.Journal;

/// <summary>Seeded random reports in which every field of every part takes part, strange values among them.</summary>
internal sealed class RandomReports(int seed, string worker = "w")
{
    private readonly Random _random = new(seed);
    private long _sequence;

    public IntervalReport Next()
    {
        var first = ++_sequence;
        _sequence += _random.Next(5) == 0 ? _random.Next(3) : 0;
        var start = FakeWorker.StartUnixMs + first * 1000 + _random.Next(50);
        return new IntervalReport
        {
            Worker = worker,
            Incarnation = _random.Next(1, 4),
            FirstSequence = first,
            LastSequence = _sequence,
            StartUnixMs = start,
            DurationNs = 1_000_000_000 + _random.Next(5_000_000),
            Gauges = new IntervalGauges
            {
                UsersByClass = Table(4, i => $"User{i}", _ => _random.Next(1000)),
                Scenarios = Table(3, i => $"scenario {i}", _ => new ScenarioGauge(_random.Next(100), Count())),
                Spawning = _random.Next(2) == 0,
                InFlight = _random.Next(-2, 100),
                OldestRequestNs = _random.NextInt64(60_000_000_000),
            },
            Totals = new IntervalTotals
            {
                Series = Table(8, Key, Series),
                Errors = Table(4, i => new ErrorKey(Key(i), (Outcome)_random.Next(OutcomeTable.Size), Text(i)), _ => Tally(start)),
                Exceptions = Table(3, i => new ExceptionKey($"U{i}", "Task", "System.Exception", Text(i), Text(i) + "\n   at X"), _ => Tally(start)),
                Iterations = Table(3, i => $"scenario {i}", name => new IterationInterval(name, Count(), Times(), Times(), Times()) { Dropped = Count(), Interrupted = Count(), Offered = Count() }),
                Metrics = Table(5, Metric, _ => Metric(start)),
                Loops = Table(3, i => i, i => new LoopHealth(i, 1_000_000_000 + Count(), Count(), Times(), Times(), Times())),
                UsersStarted = Count(),
                UsersFailedOnStart = Count(),
                DroppedNames = Count(),
            },
        };
    }

    private Dictionary<TKey, TValue> Table<TKey, TValue>(int most, Func<int, TKey> key, Func<TKey, TValue> value)
        where TKey : notnull
    {
        var table = new Dictionary<TKey, TValue>();
        foreach (var i in Enumerable.Range(0, most * 2).OrderBy(_ => _random.Next()).Take(_random.Next(most + 1)))
        {
            var one = key(i);
            table[one] = value(one);
        }

        return table;
    }

    private static string Text(int i) => i switch
    {
        0 => "",
        1 => "ein Fehler: größer als 5 €, 日本, \U0001F600",
        2 => new string('x', 3000),
        _ => $"error {i}\r\n\t\"quoted\" \0",
    };

    private static SeriesKey Key(int i) =>
        new($"scenario {i % 3}", i % 2 == 0 ? "GET" : "POST", $"/path/{i}", i % 4 == 0 ? null : TagSet.Of([new("group", $"::g{i % 4}"), new("", "")]));

    private static MetricKey Metric(int i) => new($"metric {i}", (MetricKind)(i % 4), (MetricUnit)(i % 3), "scenario 0", i == 0 ? TagSet.Empty : TagSet.Of([new("check", Text(i))]));

    private SeriesInterval Series(SeriesKey key)
    {
        var outcomes = new long[OutcomeTable.Size];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = _random.Next(3) == 0 ? Count() : 0;
        (int, long)[] statuses = [.. Enumerable.Range(0, _random.Next(4)).Select(i => (100 * i, Count() + 1))];
        var times = Enum.GetValues<RequestTime>().Select(_ => Times()).ToArray();
        if (_random.Next(2) == 0)
        {
            // As in a real series: nearly the same buckets, and phases that did not take place.
            times[(int)RequestTime.SuccessDuration] = Nearly(times[(int)RequestTime.Success]);
            times[(int)RequestTime.Wait] = Nearly(times[(int)RequestTime.SuccessDuration]);
            if (outcomes.Sum() is > 0 and var ended)
                times[(int)RequestTime.Dns] = new HistogramData([0], [ended], 0, 0, 0);
        }

        return new SeriesInterval(key, outcomes, statuses, times) { Started = Count(), BytesSent = Count(), BytesReceived = Count(), ContentLength = Count() };
    }

    private HistogramData Nearly(HistogramData like)
    {
        if (like.Count == 0)
            return like;
        var counts = like.Counts.ToArray();
        counts[_random.Next(counts.Length)] += _random.Next(1, 5);
        return new HistogramData(like.Buckets.ToArray(), counts, like.Sum + _random.Next(1000), like.Min, like.Max);
    }

    private HistogramData Times()
    {
        if (_random.Next(4) == 0)
            return HistogramData.Empty;
        var values = Enumerable.Range(0, _random.Next(1, 40))
            .Select(_ => _random.Next(8) == 0 ? 0 : Math.Min(1L << _random.Next(50), HistogramLayout.MaxValue) - _random.Next(2)).Order().ToArray();
        var buckets = values.GroupBy(HistogramLayout.IndexOf).Select(g => ((ushort)g.Key, (long)g.Count())).ToArray();
        Int128 sum = 0;
        foreach (var value in values)
            sum += value;
        return new HistogramData([.. buckets.Select(b => b.Item1)], [.. buckets.Select(b => b.Item2)], sum, values[0], values[^1]);
    }

    private MetricInterval Metric(long start) => new(Count() + 1, Real(), Real(), Real(), Real(), start + _random.Next(-2000, 2000), Times());

    private double Real() => _random.Next(8) switch
    {
        0 => 0,
        1 => -0.0,
        2 => 1e31,
        3 => -double.Epsilon,
        4 => 1e-300,
        5 => 1L << 53,
        6 => -_random.Next(1000),
        _ => _random.NextDouble() * 1e6,
    };

    private Tally Tally(long start) => new(Count() + 1, start - _random.Next(1000), start + _random.Next(1000));

    private long Count() => _random.Next(6) switch
    {
        0 => 0,
        1 => _random.NextInt64(1L << 40),
        _ => _random.Next(1000),
    };
}
