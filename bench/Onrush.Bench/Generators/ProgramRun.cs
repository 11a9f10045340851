using System.Diagnostics;
using System.Text;

namespace Onrush.Bench.Generators;

/// <summary>A started program and what it wrote.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramRun(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Exit code of a program that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Standard output so far.</summary>
    public string Output => Text(_output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Text(_errors);

    /// <exception cref="BenchException">There is no such program.</exception>
    public static ProgramRun Start(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Settings of the person who measures must not change what is measured.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ONRUSH_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);

        var run = new ProgramRun(new Process { StartInfo = start });
        run._process.OutputDataReceived += (_, line) => run.Received(run._output, line.Data);
        run._process.ErrorDataReceived += (_, line) => run.Received(run._errors, line.Data);
        try
        {
            run._process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"{program} cannot be started: {e.Message}; bench/run installs it when run as root");
        }
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Runs a program to its end; everything it wrote.</summary>
    public static async Task<string> ReadAsync(string program, params string[] arguments)
    {
        await using var run = Start(program, arguments);
        await run.ExitAsync(TimeSpan.FromSeconds(10));
        return run.Output + run.Errors;
    }

    /// <summary>Waits for the first line on standard output.</summary>
    /// <exception cref="BenchException">The program ended without one, or the time is over.</exception>
    public async Task FirstLineAsync(TimeSpan limit)
    {
        await Task.WhenAny(_firstLine.Task, _process.WaitForExitAsync(), Task.Delay(limit));
        if (!_firstLine.Task.IsCompleted)
            throw new BenchException($"{_process.StartInfo.FileName} was not ready within {limit.TotalSeconds} s:\n{Errors}");
    }

    /// <summary>Tells a program that reads its input that nothing more comes.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end of the program and of its output.</summary>
    /// <exception cref="BenchException">It did not end in time.</exception>
    public async Task ExitAsync(TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            throw new BenchException($"{_process.StartInfo.FileName} did not end within {limit.TotalSeconds} s:\n{Output}\n{Errors}");
        }
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

    private void Received(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
        if (ReferenceEquals(text, _output))
            _firstLine.TrySetResult();
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
