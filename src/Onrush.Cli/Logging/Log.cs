using System.Globalization;
using Onrush.Runs;

namespace Onrush.Cli.Logging;

/// <summary>Writes lines of the form <c>[2026-11-20 12:00:01.123] WARNING text</c>. Any thread may call it.</summary>
internal sealed class Log : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LogLevel _level;
    private readonly TimeProvider _time;
    private readonly StreamWriter? _file;
    private Action<string> _screen;
    private Action<LogLevel, string>? _keep;

    /// <param name="level">Lines below it are left out.</param>
    /// <param name="screen">Takes a line when there is no file.</param>
    /// <param name="file">The file to append to; null for the screen.</param>
    /// <param name="time">Clock of the lines.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Log(LogLevel level, Action<string> screen, string? file, TimeProvider time)
    {
        _level = level;
        _screen = screen;
        _time = time;
        if (file is not null)
            _file = new StreamWriter(file, append: true) { AutoFlush = true };
    }

    /// <summary>The last lines, for the page.</summary>
    public LogLines Recent { get; } = new();

    public void Debug(string text) => Write(LogLevel.Debug, text);

    public void Info(string text) => Write(LogLevel.Info, text);

    public void Warning(string text) => Write(LogLevel.Warning, text);

    public void Error(string text) => Write(LogLevel.Error, text);

    /// <summary>True when lines of this level are written; for those that cost something to make.</summary>
    public bool Takes(LogLevel level) => level >= _level;

    /// <summary>Sends the lines for the screen elsewhere: a live table has to make room for them.</summary>
    public void Redirect(Action<string> screen)
    {
        lock (_gate)
            _screen = screen;
    }

    /// <summary>Hands every line from now on, but those for debugging, to one who keeps them, whatever the level of this log is; null for nobody.</summary>
    public void Keep(Action<LogLevel, string>? keep)
    {
        lock (_gate)
            _keep = keep;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void Write(LogLevel level, string text)
    {
        if (level > LogLevel.Debug)
            Volatile.Read(ref _keep)?.Invoke(level, text);
        if (!Takes(level))
            return;
        DateTimeOffset now = _time.GetLocalNow();
        string line = string.Create(
            CultureInfo.InvariantCulture, $"[{now:yyyy-MM-dd HH:mm:ss.fff}] {level.ToString().ToUpperInvariant()} {text}");
        Recent.Add(now, level.ToString().ToLowerInvariant(), text);
        lock (_gate)
        {
            if (_file is null)
                _screen(line);
            else
                _file.WriteLine(line);
        }
    }
}
