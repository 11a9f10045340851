using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>The reading side of <see cref="ReportNames"/>.</summary>
internal sealed class KnownNames
{
    private readonly List<string> _texts = [];
    private readonly List<SeriesKey> _series = [];
    private readonly List<MetricKey> _metrics = [];
    private long _characters;
    private long _generation = -1;

    /// <summary>Prepares for a report that knows so many names already.</summary>
    /// <exception cref="DamagedDataException">Others are known here: a report before it was not read.</exception>
    public void Expect(long generation, int texts, int series, int metrics)
    {
        if (texts == 0 && series == 0 && metrics == 0)
        {
            _texts.Clear();
            _series.Clear();
            _metrics.Clear();
            _characters = 0;
            _generation = generation;
        }
        else if (generation != _generation || texts != _texts.Count || series != _series.Count || metrics != _metrics.Count)
        {
            // Whatever comes until the next complete report would get wrong names.
            _generation = -1;
            throw new DamagedDataException("a report that this one refers to was not read");
        }
    }

    /// <summary>Reads new texts.</summary>
    public void AddTexts(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        while (reader.Left > 0)
        {
            var text = reader.Text();
            _characters += text.Length;
            if (_characters > ReportLimits.Characters)
                throw TooMany();
            Add(_texts, text);
        }
    }

    /// <summary>Reads new series.</summary>
    public void AddSeries(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        while (reader.Left > 0)
        {
            string scenario = Text(ref reader), method = Text(ref reader), name = Text(ref reader);
            var tags = Tags(ref reader);
            Add(_series, new SeriesKey(scenario, method, name, tags.IsEmpty ? null : tags));
        }
    }

    /// <summary>Reads new series of metrics.</summary>
    public void AddMetrics(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        while (reader.Left > 0)
        {
            var name = Text(ref reader);
            var kind = (MetricKind)reader.Count((int)MetricKind.Trend);
            var unit = (MetricUnit)reader.Count((int)MetricUnit.Bytes);
            Add(_metrics, new MetricKey(name, kind, unit, Text(ref reader), Tags(ref reader)));
        }
    }

    /// <summary>The text of a number.</summary>
    public string Text(long number) => number < _texts.Count ? _texts[(int)number] : throw Unknown();

    /// <summary>The series of a number.</summary>
    public SeriesKey Series(long number) => number < _series.Count ? _series[(int)number] : throw Unknown();

    /// <summary>The series of a metric of a number.</summary>
    public MetricKey Metric(long number) => number < _metrics.Count ? _metrics[(int)number] : throw Unknown();

    private string Text(ref PackedReader reader) => Text(reader.Count(int.MaxValue));

    private TagSet Tags(ref PackedReader reader)
    {
        var tags = new KeyValuePair<string, string>[reader.CountUpTo(Math.Min(ReportLimits.Tags, reader.Left / 2))];
        for (var i = 0; i < tags.Length; i++)
            tags[i] = new(Text(ref reader), Text(ref reader));
        return TagSet.Of(tags);
    }

    private static void Add<T>(List<T> names, T name)
    {
        if (names.Count >= ReportLimits.Names)
            throw TooMany();
        names.Add(name);
    }

    private static DamagedDataException TooMany() => new("there are too many names");

    private static DamagedDataException Unknown() => new("a name is not known");
}
