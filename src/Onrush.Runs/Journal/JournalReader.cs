namespace Onrush.Runs.Journal;

/// <summary>Reads the entries of a journal, whatever its bytes are. What cannot be read is passed over and counted.</summary>
internal sealed class JournalReader
{
    private const byte NewestText = 1;

    private readonly FrameReader _frames;
    private readonly ReportDecoder _reports = new();
    private int _unreadable;
    private int _unreadableReports;
    private int _newer;

    /// <param name="stream">The journal, from its beginning.</param>
    /// <param name="fromMiddle">True when the stream begins somewhere in it.</param>
    /// <exception cref="JournalException">It is none, or a newer one.</exception>
    public JournalReader(Stream stream, bool fromMiddle = false) => _frames = new FrameReader(stream, fromMiddle);

    /// <summary>The journal ends in the middle of a frame.</summary>
    public bool Torn => _frames.Torn;

    /// <summary>Where the part ends that can be relied on, in bytes.</summary>
    public long GoodEnd => _frames.GoodEnd;

    /// <summary>What is wrong with what was read so far, one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            List<string> problems = [];
            if (_frames.DamagedPlaces > 0)
                problems.Add($"The journal is damaged in {_frames.DamagedPlaces} {(_frames.DamagedPlaces == 1 ? "place" : "places")}; what stood there is missing.");
            if (_frames.GaveUp)
                problems.Add("The journal is damaged in so many places that the rest was not read.");
            if (_unreadableReports > 0)
                problems.Add($"{_unreadableReports} interval reports could not be read; what they counted is missing.");
            if (_unreadable > 0)
                problems.Add($"{_unreadable} entries other than reports could not be read.");
            if (_newer > 0)
                problems.Add($"{_newer} entries were written by a newer version of onrush and passed over.");
            return problems;
        }
    }

    /// <summary>The next entry; null at the end.</summary>
    public JournalEntry? Next()
    {
        while (_frames.TryRead(out var head, out var contents, out var intact))
        {
            if (!Enum.IsDefined(head.Type))
                continue;
            if (head.Version > (head.Type == FrameType.Report ? ReportEncoder.Version : NewestText))
            {
                _newer++;
                continue;
            }

            try
            {
                if (!intact)
                    throw new DamagedDataException("the contents cannot be unpacked");
                if (head.Type == FrameType.Report)
                    return new ReportEntry(head.UnixMs, _reports.Decode(contents));
                if (EntryText.Read(head.Type, head.UnixMs, contents) is { } entry)
                    return entry;
            }
            catch (DamagedDataException)
            {
                if (head.Type == FrameType.Report)
                    _unreadableReports++;
                else
                    _unreadable++;
            }
        }

        return null;
    }
}
