using System.Threading.Channels;
using Onrush.Measurement;

namespace Onrush.Runs.Results.Csv;

/// <summary>
/// Locust's four files, kept up to date while the run goes on by a thread of their own: a slow disk delays the files, not the run. What
/// it cannot keep up with is left out of the history, and counted.
/// </summary>
internal sealed class CsvFiles
{
    // Rows that may wait for the disk: a minute of them.
    private const int MostWaiting = 60;

    private readonly string _prefix;
    private readonly bool _full;
    private readonly bool _patient;
    private readonly Action<string> _warn;
    private readonly Channel<(RunSnapshot Run, SeriesSecond Current)> _waiting = Channel.CreateBounded<(RunSnapshot, SeriesSecond)>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Task _writer;
    private readonly Lock _lock = new();
    private SeriesSecond _current = new();
    private HistoryFile? _history;
    private string? _trouble;
    private int _lostRows;
    private bool _warned;

    /// <param name="prefix">Beginning of the names.</param>
    /// <param name="full">Whether the history has a row per series and second.</param>
    /// <param name="patient">True waits for the disk rather than leaving rows out; for what is no run that goes on.</param>
    /// <param name="warn">Takes a sentence about trouble, once.</param>
    public CsvFiles(string prefix, bool full, bool patient, Action<string> warn)
    {
        _patient = patient;
        _prefix = prefix;
        _full = full;
        _warn = warn;
        _writer = Task.Factory.StartNew(WriteSeconds, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The four paths of a prefix.</summary>
    public static IReadOnlyList<string> Paths(string prefix) =>
        [$"{prefix}_stats.csv", $"{prefix}_stats_history.csv", $"{prefix}_failures.csv", $"{prefix}_exceptions.csv"];

    /// <summary>Counts a report for the second that is under way.</summary>
    public void Add(IntervalReport report)
    {
        lock (_lock)
            _current.Add(report);
    }

    /// <summary>Ends a second. Does not wait for the disk, unless it is patient.</summary>
    public void Add(RunSnapshot run)
    {
        SeriesSecond current;
        lock (_lock)
            (current, _current) = (_current, new SeriesSecond());
        if (_patient)
            _waiting.Writer.WriteAsync((run, current)).AsTask().GetAwaiter().GetResult();
        else if (!_waiting.Writer.TryWrite((run, current)))
            Interlocked.Increment(ref _lostRows);
    }

    /// <summary>Writes what still waits and the files as they stay; returns what went wrong, one sentence each.</summary>
    public IReadOnlyList<string> Finish(RunSnapshot run)
    {
        _waiting.Writer.TryComplete();
        _writer.Wait();
        var problems = new List<string>();
        try
        {
            WriteTables(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"--csv: {_prefix}_*.csv were not written completely: {e.Message}");
        }
        if (_trouble is not null)
            problems.Add($"--csv: {_prefix}_stats_history.csv has gaps: {_trouble}");
        else if (_lostRows > 0)
            problems.Add($"--csv: {_prefix}_stats_history.csv lacks {_lostRows} rows; the disk was too slow for them.");
        return problems;
    }

    private void WriteSeconds()
    {
        try
        {
            while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_waiting.Reader.TryRead(out var second))
                    WriteSecond(second.Run, second.Current, newest: _waiting.Reader.Count == 0);
            }
        }
        finally
        {
            _history?.Dispose();
        }
    }

    private void WriteSecond(RunSnapshot run, SeriesSecond current, bool newest)
    {
        try
        {
            _history ??= new HistoryFile($"{_prefix}_stats_history.csv", _full);
            _history.Add(run, current);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _trouble ??= e.Message;
            Warn(e);
        }
        if (!newest)
            return;
        try
        {
            WriteTables(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The end of the run tries once more and tells the result.
            Warn(e);
        }
    }

    private void WriteTables(RunSnapshot run)
    {
        AtomicFile.Write($"{_prefix}_stats.csv", StatsCsv.Of(run));
        AtomicFile.Write($"{_prefix}_failures.csv", FailuresCsv.Of(run));
        AtomicFile.Write($"{_prefix}_exceptions.csv", ExceptionsCsv.Of(run));
    }

    private void Warn(Exception e)
    {
        if (_warned)
            return;
        _warned = true;
        _warn($"--csv: writing {_prefix}_*.csv fails: {e.Message}");
    }
}
