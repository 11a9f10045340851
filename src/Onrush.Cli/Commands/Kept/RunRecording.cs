using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Onrush.Users;

namespace Onrush.Cli.Commands.Kept;

/// <summary>Keeps one run: makes room for it, records it, writes down its verdict.</summary>
internal sealed class RunRecording : IDisposable
{
    private readonly Log _log;
    private readonly IRunStore? _store;
    private readonly NewRun? _kept;
    private readonly JournalWriter? _journal;
    private bool _goesOn;
    private bool? _isKept;

    private RunRecording(Log log, IRunStore? store, NewRun? kept, JournalWriter? journal, bool goesOn = false) =>
        (_log, _store, _kept, _journal, _goesOn) = (log, store, kept, journal, goesOn);

    /// <summary>The run as it is kept; null when it is not.</summary>
    public StoredRun? Run => _kept?.Run;

    /// <summary>Takes all that the run folds; null when it is not kept.</summary>
    public IRunRecorder? Recorder => _journal;

    /// <summary>Keeps nothing.</summary>
    public static RunRecording None(Log log) => new(log, null, null, null);

    /// <summary>Begins the journal of a run that is about to start.</summary>
    /// <param name="values">The options.</param>
    /// <param name="host">What surrounds the command.</param>
    /// <param name="loaded">The load test.</param>
    /// <param name="test">What of it is to run.</param>
    /// <param name="options">What it is started with.</param>
    /// <param name="log">Its lines are kept too.</param>
    /// <exception cref="OptionException">The place that was asked for cannot be written to.</exception>
    public static RunRecording Begin(OptionValues values, CommandHost host, LoadedTest loaded, LoadTestDefinition test, RunOptions options, Log log)
    {
        if (values.Get(OptionCatalog.NoJournal))
            return None(log);
        IRunStore store;
        NewRun kept;
        try
        {
            store = RunPlace.Open(values, host, log.Warning);
            kept = store.Create(loaded.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (values.IsGiven(OptionCatalog.Store))
                throw new OptionException($"--store: {e.Message}");
            if (values.IsGiven(OptionCatalog.RunDir))
                throw new OptionException($"--run-dir: {values.Get(OptionCatalog.RunDir)} cannot be written to: {e.Message}");
            log.Warning($"This run is not kept: {e.Message} --run-dir names another place, --no-journal keeps none.");
            return None(log);
        }

        JournalWriter journal = new(kept.Journal, values.Get(OptionCatalog.JournalSync), TimeProvider.System, log.Warning);
        RunPlan plan = RunPlan.Of(loaded.Name, loaded.Hash, options, test.Users.Select(user => user.Name));
        plan.Document["onrush"] = ProductVersion.Text;
        if (values.Get(ResultFileOptions.RequestLog) is { } requests)
            plan.Document["requestLog"] = Runs.Results.Requests.RequestLogFiles.Of(Path.GetFullPath(requests, host.Directory)).Path;
        journal.Planned(plan);
        log.Keep((level, text) => journal.Logged(level.ToString().ToLowerInvariant(), text));
        log.Info($"keeping this run as {kept.Run.Id}: onrush report {kept.Run.Id}");
        if (values.Get(OptionCatalog.Keep) is { } keep)
            LetGo(store, keep, log);
        return new RunRecording(log, store, kept, journal);
    }

    /// <summary>Goes on with the journal of a run whose process has ended.</summary>
    /// <param name="values">The options.</param>
    /// <param name="host">What surrounds the command.</param>
    /// <param name="run">The run.</param>
    /// <param name="log">Its lines are kept too.</param>
    /// <exception cref="OptionException">Its journal cannot be written to.</exception>
    public static RunRecording Continue(OptionValues values, CommandHost host, StoredRun run, Log log)
    {
        try
        {
            IRunStore store = RunPlace.Open(values, host, log.Warning);
            NewRun kept = store.Continue(run);
            JournalWriter journal = new(kept.Journal, values.Get(OptionCatalog.JournalSync), TimeProvider.System, log.Warning, goesOn: true);
            log.Keep((level, text) => journal.Logged(level.ToString().ToLowerInvariant(), text));
            log.Info($"carrying on run {kept.Run.Id}: onrush report {kept.Run.Id}");
            return new RunRecording(log, store, kept, journal, goesOn: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JournalException)
        {
            throw new OptionException($"--resume: {e.Message}");
        }
    }

    /// <summary>Writes down the verdict, which says so when the journal is not complete.</summary>
    /// <param name="last">The run at its end.</param>
    /// <param name="verdict">What it comes to.</param>
    public Verdict Finish(RunSnapshot last, Verdict verdict)
    {
        if (_journal is null)
            return verdict;
        _journal.Flush();
        if (_journal.Problem is { } problem)
            verdict = verdict with { Text = $"{verdict.Text} The journal of this run is incomplete: {problem.TrimEnd('.')}." };
        _journal.Judged(Written(last, verdict));
        return verdict;
    }

    /// <summary>A verdict as it is kept.</summary>
    /// <param name="last">The run at its end.</param>
    /// <param name="verdict">What it comes to.</param>
    public static RunVerdict Written(RunSnapshot last, Verdict verdict) =>
        new(verdict.ExitCode, verdict.Text, RunFigures.Of(last), OutputJson.Add(RuleJson.Write(last.Rules), last.Outputs));

    /// <summary>Writes down an entry of a run that another process leads.</summary>
    public void Enter(JournalEntry entry) => _journal?.Enter(entry);

    /// <summary>The run that it follows is carried on here: from now on it is not let go.</summary>
    public void Adopt() => _goesOn = true;

    /// <summary>Opens the journal with everything in it that the run has given up to now.</summary>
    public Stream Read()
    {
        _journal!.Flush();
        return _kept!.Open();
    }

    /// <summary>Leaves nothing behind of a run that was refused before it began; one that is carried on stays as it was.</summary>
    public void Discard()
    {
        CloseJournal();
        if (_kept is not null && !_goesOn)
            _store!.Delete(_kept.Run);
        CloseStore();
    }

    /// <summary>Closes the journal.</summary>
    /// <returns>Whether the run is where it was to be kept; where not, the log says so.</returns>
    public bool Close()
    {
        CloseJournal();
        CloseStore();
        return _isKept!.Value;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void CloseJournal()
    {
        if (_isKept is not null)
            return;
        _log.Keep(null);
        _journal?.Dispose();
        if (_kept?.Missing() is { } missing)
            _log.Error(missing);
        _isKept = _kept?.Missing() is null;
        _kept?.Lock.Dispose();
    }

    private void CloseStore()
    {
        if (_store is not null)
            RunPlace.Close(_store);
    }

    private static void LetGo(IRunStore store, int keep, Log log)
    {
        try
        {
            RunRetention.Apply(store, keep);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warning($"An old run cannot be deleted: {e.Message}");
        }
    }
}
