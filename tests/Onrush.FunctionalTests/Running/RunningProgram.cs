using System.Diagnostics;
using System.Globalization;

namespace Onrush.FunctionalTests.Running;

/// <summary>A started process: its output line by line, signals, its end and its largest memory.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Seen)> _waiting = [];
    private long _peakMemory;

    private RunningProgram(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Standard output so far.</summary>
    public string Output => Joined(_output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Joined(_errors);

    /// <summary>Largest resident memory in bytes, as of the last line of output.</summary>
    public long PeakMemory => Interlocked.Read(ref _peakMemory);

    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A script that runs these tests in the background has them, and all they start, ignore Ctrl-C.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT,QUIT", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ONRUSH_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Received(running._output, line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Received(running._errors, line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        running._process.StandardInput.Close();
        return running;
    }

    public void Send(Signal signal) => Signals.Send(Id, signal);

    /// <summary>The first line from now on, of either stream, that is wanted.</summary>
    public async Task<string> NextLineAsync(Func<string, bool> wanted, string what, TimeSpan? limit = null)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _waiting.Add((wanted, seen));
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(seen.Task, ended).WithinAsync(what, limit);
        if (!seen.Task.IsCompleted)
            throw new InvalidOperationException($"the program ended with code {_process.ExitCode} before: {what}\n{Output}\n{Errors}");
        return await seen.Task;
    }

    /// <summary>Waits for the end of the process and of its output; the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan? limit = null)
    {
        try
        {
            await _process.WaitForExitAsync().WithinAsync("the end of the program", limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{Output}\n{Errors}", e);
        }
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private void Received(List<string> lines, string? line)
    {
        if (line is null)
            return;
        ReadPeakMemory();
        lock (_lock)
        {
            lines.Add(line);
            foreach (var waiting in _waiting)
                if (waiting.Wanted(line))
                    waiting.Seen.TrySetResult(line);
        }
    }

    private void ReadPeakMemory()
    {
        try
        {
            var line = File.ReadLines($"/proc/{Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..])
                Interlocked.Exchange(ref _peakMemory, long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024);
        }
        catch (IOException)
        {
            // It has ended; what was read before stands.
        }
    }

    private string Joined(List<string> lines)
    {
        lock (_lock)
            return string.Join('\n', lines);
    }
}
