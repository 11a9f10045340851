using System.Text.Json;
using Onrush.Bench.Children;

namespace Onrush.Bench.Generators;

/// <summary>A child of this program that generates load until its input ends, and then reports.</summary>
internal sealed class Child : IRunningGenerator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ProgramRun _run;

    private Child(ProgramRun run) => _run = run;

    /// <inheritdoc/>
    public int ProcessId => _run.Id;

    /// <summary>Starts one and returns when it is in its stride.</summary>
    /// <exception cref="BenchException">It does not get there.</exception>
    public static async Task<Child> StartAsync(string command, ChildPlan plan)
    {
        var run = ProgramRun.Start(Environment.ProcessPath!, [command, plan.ToJson()]);
        try
        {
            await run.FirstLineAsync(Patience);
            return new Child(run);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it end; its report.</summary>
    /// <exception cref="BenchException">There is none.</exception>
    public async Task<ChildReport> ReportAsync()
    {
        _run.CloseInput();
        await _run.ExitAsync(Patience);
        var last = _run.Output.TrimEnd().Split('\n')[^1];
        return _run.ExitCode == 0 && last.StartsWith('{')
            ? JsonSerializer.Deserialize<ChildReport>(last)!
            : throw new BenchException($"the generator ended with code {_run.ExitCode}:\n{_run.Output}{_run.Errors}");
    }

    /// <inheritdoc/>
    public async Task<GeneratorEnd> EndAsync()
    {
        var report = await ReportAsync();
        return new GeneratorEnd(report.Problem, report.AllocatedPerRequest);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _run.DisposeAsync();
}
