using System.Text;
using Onrush.Measurement;

namespace Onrush.Runs.Results.Requests;

/// <summary>
/// Writes down every request of a run, on the thread of the feed. Neither a slow disk nor a full one holds up a loop: what cannot be written is counted, and
/// told at the end.
/// </summary>
internal sealed class RequestLog : IRequestReader
{
    /// <summary>Length of a file before compression after which the next one begins, in bytes.</summary>
    public const long DefaultFileBytes = 512L << 20;

    private readonly RequestLogFiles _files;
    private readonly long _fileBytes;
    private readonly Action<string> _warn;
    private readonly JtlLine _line = new();
    private Stream? _stream;
    private int _number;
    private long _bytes;
    private long _requests;
    private long _lost;
    private long _dropped;
    private string? _trouble;
    private int _users;

    /// <param name="files">Where to; the first file is begun at once, and with it what a run before left under the other names goes.</param>
    /// <param name="warn">Takes a sentence when writing fails; once.</param>
    /// <param name="fileBytes">Length before compression after which the next file begins, in bytes.</param>
    /// <exception cref="ResultFileException">The first file cannot be made.</exception>
    public RequestLog(RequestLogFiles files, Action<string> warn, long fileBytes = DefaultFileBytes)
    {
        (_files, _warn, _fileBytes) = (files, warn, fileBytes);
        AtomicFile.Check("--request-log", files.Path);
        try
        {
            for (int old = 2; File.Exists(files.PathOf(old)); old++)
                File.Delete(files.PathOf(old));
            Begin();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultFileException("--request-log", files.Path, e.Message);
        }
    }

    /// <summary>Users alive now; stands in every line.</summary>
    public int Users { set => Volatile.Write(ref _users, value); }

    /// <summary>Requests that were written.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Closes the file, once the feed has finished; returns what went wrong, one sentence each.</summary>
    public IReadOnlyList<string> Finish()
    {
        Try(() => _stream?.Dispose());
        long missing = _lost + _dropped;
        if (_trouble is not null)
            return [$"--request-log: {_files.Path} lacks {missing} of {missing + _requests} requests: {_trouble}"];
        if (missing > 0)
            _warn($"--request-log: {missing} of {missing + _requests} requests are not in {_files.Path}: this machine was too slow to write them down as well.");
        return [];
    }

    /// <inheritdoc/>
    public void Pause(long dropped) => _dropped = dropped;

    /// <inheritdoc/>
    public void Take(in RequestEntry entry)
    {
        if (_trouble is not null)
        {
            _lost++;
            return;
        }
        var line = _line.Of(entry, Volatile.Read(ref _users));
        try
        {
            if (_bytes + line.Length > _fileBytes)
            {
                _stream!.Dispose();
                Begin();
            }
            _stream!.Write(line);
            _bytes += line.Length;
            Interlocked.Increment(ref _requests);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _lost++;
            Fail(e);
        }
    }

    private void Begin()
    {
        _stream = _files.Create(++_number);
        byte[] head = Encoding.ASCII.GetBytes(JtlLine.Columns);
        _stream.Write(head);
        _bytes = head.Length;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    private void Fail(Exception e)
    {
        if (_trouble is not null)
            return;
        _trouble = e.Message;
        _warn($"--request-log: writing {_files.PathOf(_number)} fails: {e.Message}");
    }
}
