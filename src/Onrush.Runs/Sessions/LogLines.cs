namespace Onrush.Runs;

/// <summary>A line of the log.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When it was written.</param>
/// <param name="Level">debug, info, warning or error.</param>
/// <param name="Text">The line.</param>
internal sealed record SessionLogLine(long Number, DateTimeOffset At, string Level, string Text);

/// <summary>The last lines of the log, for the page. Any thread may write and read.</summary>
/// <param name="most">Number of lines that are kept.</param>
internal sealed class LogLines(int most = 1000)
{
    private const int LongestLine = 8000;

    private readonly Lock _gate = new();
    private readonly Queue<SessionLogLine> _lines = new();
    private long _last;

    /// <summary>Number of the last line; 0 when there is none.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>Adds a line.</summary>
    public void Add(DateTimeOffset at, string level, string text)
    {
        lock (_gate)
        {
            if (_lines.Count == most)
                _lines.Dequeue();
            _lines.Enqueue(new SessionLogLine(Interlocked.Increment(ref _last), at, level, text.Length > LongestLine ? text[..LongestLine] + " ..." : text));
        }
    }

    /// <summary>The lines that came after the one with a number, oldest first.</summary>
    public IReadOnlyList<SessionLogLine> After(long number)
    {
        lock (_gate)
            return [.. _lines.Where(line => line.Number > number)];
    }
}
