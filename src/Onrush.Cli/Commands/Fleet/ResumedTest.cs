using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>A run of --resume: the one that is kept, what is known of it, and what it runs. What the run is comes from its journal, whatever else is given.</summary>
/// <param name="Stored">Where it is kept; null when it is not.</param>
/// <param name="Run">What is known of it.</param>
/// <param name="Test">Its load test with the chosen classes.</param>
/// <param name="Options">What it was started with.</param>
internal sealed record ResumedTest(StoredRun? Stored, ResumedRun Run, LoadTestDefinition Test, RunOptions Options)
{
    /// <summary>What writes its journal already; null where that is still to be opened.</summary>
    public RunRecording? Recording { get; init; }

    /// <summary>Finds the run that is to be carried on; null when none is.</summary>
    /// <exception cref="OptionException">It cannot be carried on.</exception>
    public static ResumedTest? Find(OptionValues values, CommandHost host, LoadedTest loaded, Log log)
    {
        if (values.Get(ClusterOptions.Standby) && !values.Get(ClusterOptions.Master))
            throw new OptionException("--standby goes with --master: it is a second master that waits");
        if (values.Get(ClusterOptions.Resume) is not { } text)
            return null;
        if (values.Get(ClusterOptions.Standby))
            throw new OptionException("--resume and --standby exclude each other: one carries on a run that has no master, the other waits for one to go");
        if (!values.Get(ClusterOptions.Master))
            throw new OptionException("--resume goes with --master: a run is carried on by the master of its workers");
        if (values.Get(OptionCatalog.NoJournal))
            throw new OptionException("--resume and --no-journal exclude each other: the run is carried on in its journal");
        try
        {
            IRunStore store = RunPlace.Open(values, host, log.Warning);
            try
            {
                return Read(RunFinder.Find(store, text, host.Directory), loaded);
            }
            finally
            {
                RunPlace.Close(store);
            }
        }
        catch (Exception e) when (e is JournalException or DamagedDataException or IOException or UnauthorizedAccessException)
        {
            throw new OptionException($"--resume: {e.Message}");
        }
    }

    private static ResumedTest Read(FoundRun found, LoadedTest loaded)
    {
        string name = found.Text;
        if (found.Run is not { } stored)
            throw new JournalException($"{name} lies in no folder of runs: it cannot be carried on there");
        if (found.IsRunning)
            throw new JournalException($"run {name} goes on: its master has not ended");
        ResumedRun run;
        using (Stream journal = found.Open())
            run = ResumedRun.Read(journal);
        if (run.IsOver)
            throw new JournalException($"run {name} has ended: 'onrush report {name}' shows it");
        if (run.Directive is not { Test: { } plan })
            throw new JournalException($"run {name} had no workers of other processes yet, or never: there is nothing to carry on");
        if (run.Plan?.Onrush is { } version && version != ProductVersion.Text)
            throw new JournalException($"run {name} was begun by onrush {version}, and this is {ProductVersion.Text}: carry it on with the same version");
        if (run.Plan?.Hash != loaded.Hash)
            throw new JournalException($"run {name} is one of {plan.Name} as it was then, and {loaded.Name} is not the same: give the same load test by -f");
        return new ResumedTest(stored, run, ChosenTest.Of(loaded.Definition, plan), plan.Options with { Thresholds = run.Plan?.Thresholds ?? [] });
    }
}
