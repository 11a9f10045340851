using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>A run that is ready to go.</summary>
/// <param name="Control">How it is watched and steered.</param>
/// <param name="RunAsync">Starts it, and completes when it is over and its last snapshot is there.</param>
/// <param name="QuitAsync">The load test's last word, after the results were printed.</param>
internal sealed record PreparedRun(IRunControl Control, Func<Task> RunAsync, Func<Task> QuitAsync)
{
    /// <summary>What is left when the run is over; null where there is nothing but the snapshot.</summary>
    public Func<RunEnding?> Ending { get; init; } = () => null;

    /// <summary>Told the verdict when everything that follows from it is written.</summary>
    public Action<RunVerdict> Judged { get; init; } = _ => { };

    /// <summary>Names of the configured scenarios; empty when users and spawn rate count.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}

/// <summary>Makes a run; nothing is sent before <see cref="PreparedRun.RunAsync"/>.</summary>
/// <param name="test">The load test.</param>
/// <param name="options">What it is started with.</param>
/// <param name="recorder">Takes all that is folded; null when the run is not kept.</param>
internal delegate PreparedRun StartRun(LoadTestDefinition test, RunOptions options, IRunRecorder? recorder);
