using System.Diagnostics;
using System.Globalization;

namespace Onrush.Runs.Watching;

/// <summary>Processor time, memory and threads of a process on this machine, or of all processes of one name together.</summary>
internal sealed class ProcessReader : IWatchReader
{
    private readonly string _what;
    private readonly string _name;
    private readonly TimeProvider _time;
    private Dictionary<int, TimeSpan> _before = [];
    private long _beforeAt;

    private ProcessReader(string what, string name, TimeProvider time) => (_what, _name, _time) = (what, name, time);

    /// <summary><c>process=PID</c> or <c>process=NAME</c>.</summary>
    public static Watch Watch(WatchText text)
    {
        text.CheckOptions();
        bool isNumber = text.Address.All(char.IsAsciiDigit);
        if (isNumber && !int.TryParse(text.Address, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new WatchException($"process={text.Address} is no process id");
        if (text.Unit is not null)
            throw new WatchException("process gives units itself: leave &unit= out");
        string source = isNumber ? $"process {text.Address}" : $"processes {text.Address}";
        return new Watch(source, text.Period(Watching.Watch.UsualPeriod), time => new ProcessReader(text.Address, text.Name ?? source, time));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end)
    {
        var processes = Find();
        try
        {
            return Task.FromResult<IReadOnlyList<WatchReading>>([Read(processes)]);
        }
        finally
        {
            foreach (var process in processes)
                process.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private WatchReading Read(Process[] processes)
    {
        long now = _time.GetTimestamp();
        var used = new Dictionary<int, TimeSpan>();
        long memory = 0;
        int threads = 0;
        foreach (var process in processes)
        {
            try
            {
                used[process.Id] = process.TotalProcessorTime;
                memory += process.WorkingSet64;
                threads += process.Threads.Count;
            }
            catch (InvalidOperationException)
            {
                // It has ended since it was found.
            }
        }

        if (used.Count == 0)
            throw new InvalidOperationException($"there is no process {_what}");
        Dictionary<string, double> values = [];
        // A process that is new since the reading before has used what it has used since then.
        if (_before.Count > 0 && _time.GetElapsedTime(_beforeAt, now).TotalSeconds is > 0 and var seconds)
            values[$"{_name} CPU"] = 100 * used.Sum(pair => Math.Max(0, (pair.Value - _before.GetValueOrDefault(pair.Key)).TotalSeconds)) / seconds;
        values[$"{_name} memory"] = memory;
        values[$"{_name} threads"] = threads;
        (_before, _beforeAt) = (used, now);
        return new WatchReading(
            _time.GetUtcNow().ToUnixTimeMilliseconds(), values, new Dictionary<string, string> { [$"{_name} CPU"] = "%", [$"{_name} memory"] = "bytes" });
    }

    private Process[] Find()
    {
        if (!int.TryParse(_what, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            return Process.GetProcessesByName(_what);
        try
        {
            return [Process.GetProcessById(id)];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }
}
