using System.Globalization;

namespace Onrush.Bench.Generators;

/// <summary>A generator that is a program of its own and stops by itself after the time it was given.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Label">What it is, for the table.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments for a load and a length in seconds.</param>
/// <param name="Problem">Finds in its output why its figures do not count; null when they do.</param>
internal sealed record ToolGenerator(
    string Name, string Label, string Program, Func<Load, string, string[]> Arguments, Func<string, string?> Problem) : Generator(Name, Label)
{
    /// <summary>What it can ask.</summary>
    public IReadOnlyList<Ask> Asks { get; init; } = [Ask.Get];

    /// <summary>How long it takes to get into its stride, in seconds.</summary>
    public double WarmUpSeconds { get; init; } = 0.5;

    /// <inheritdoc/>
    public override bool Can(Ask ask) => Asks.Contains(ask);

    /// <inheritdoc/>
    public override async Task<IRunningGenerator> StartAsync(Load load)
    {
        // It must outlast the measurement.
        var seconds = (load.Seconds + (int)Math.Ceiling(WarmUpSeconds) + 1).ToString(CultureInfo.InvariantCulture);
        var run = ProgramRun.Start(Program, Arguments(load, seconds));
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds));
        return new Running(run, this, load);
    }

    private sealed class Running(ProgramRun run, ToolGenerator tool, Load load) : IRunningGenerator
    {
        public int ProcessId => run.Id;

        public async Task<GeneratorEnd> EndAsync()
        {
            if (run.HasExited)
                return new GeneratorEnd($"{tool.Program} ended early: {run.Output} {run.Errors}");
            await run.ExitAsync(TimeSpan.FromSeconds(load.Seconds + 20));
            return run.ExitCode == 0
                ? new GeneratorEnd(tool.Problem(run.Output))
                : new GeneratorEnd($"{tool.Program} ended with code {run.ExitCode}: {run.Errors}");
        }

        public ValueTask DisposeAsync() => run.DisposeAsync();
    }
}
