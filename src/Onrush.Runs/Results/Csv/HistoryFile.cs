using System.Text;

namespace Onrush.Runs.Results.Csv;

/// <summary>
/// The history while it grows: every row is in the file when <see cref="Add"/> returns. There is one set of rows per second; a later
/// picture of the same second takes the place of the earlier one.
/// </summary>
internal sealed class HistoryFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly bool _full;
    private long _rowStart;
    private long _rowSecond = -1;
    private SeriesSecond? _row;

    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public HistoryFile(string path, bool full)
    {
        _full = full;
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Append(HistoryCsv.Head);
    }

    /// <summary>Adds the rows of a second.</summary>
    /// <param name="run">The run at its end.</param>
    /// <param name="current">What was measured since the rows before.</param>
    public void Add(RunSnapshot run, SeriesSecond current)
    {
        long second = run.TakenAt.ToUnixTimeSeconds();
        if (second == _rowSecond)
        {
            _stream.SetLength(_rowStart);
            _stream.Position = _rowStart;
            current.Add(_row!);
        }
        _rowStart = _stream.Position;
        Append(HistoryCsv.Of(run, _full ? current : null));
        _rowSecond = second;
        _row = current;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Append(string text)
    {
        _stream.Write(Encoding.UTF8.GetBytes(text));
        _stream.Flush();
    }
}
