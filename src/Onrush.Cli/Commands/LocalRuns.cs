using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>Runs in this process.</summary>
internal static class LocalRuns
{
    /// <inheritdoc cref="StartRun"/>
    public static PreparedRun Prepare(LoadTestDefinition test, RunOptions options, IRunRecorder? recorder)
    {
        Coordinator run = OneProcess.Prepare(test, options, recorder: recorder);
        return new PreparedRun(run, run.RunAsync, run.LoadTest.OnQuittingAsync) { Scenarios = run.ConfiguredScenarios, Ending = () => run.Ending };
    }
}
