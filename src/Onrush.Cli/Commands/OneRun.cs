using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Runs.Results.Requests;
using Onrush.Runs.Watching;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>One run with what follows from it: its files, its verdict, the load test's last word. The same for a run in the terminal and one from the page.</summary>
internal sealed class OneRun : IDisposable
{
    private readonly CommandHost _host;
    private readonly OptionValues _values;
    private readonly Log _log;
    private readonly string _name;
    private readonly LoadTestDefinition _test;
    private readonly RunOptions _options;
    private readonly RequestFeed _requests = new();
    private readonly RunResults _results;
    private readonly HtmlReport _report;
    private readonly RunRecording _recording;
    private readonly RunOutputs _outputs;
    private readonly PreparedRun _run;
    private readonly CapacityTask _capacity;
    private RunEnd? _end;

    private OneRun(CommandHost host, OptionValues values, Log log, LoadedTest loaded, LoadTestDefinition test, RunOptions options, StartRun start, ResumedTest? resumed)
    {
        (_host, _values, _log, _name, _test, _options) = (host, values, log, loaded.Name, test, options);
        _results = RunResults.Prepare(host, values, log, loaded.Name, options, _requests);
        _report = HtmlReport.Prepare(host, values);
        _recording = RecordingOf(host, values, log, loaded, test, options, resumed);
        _outputs = RunOutputs.Open(host, values, log, loaded, test, options, _recording, _requests);
        _run = start(test, options with { Requests = _requests.Rings }, _recording.Recorder);
        _results.Follow(_run.Control);
        _outputs.Follow(_run.Control);
        _requests.Start();
        _capacity = new CapacityTask(values, log);
    }

    private static RunRecording RecordingOf(CommandHost host, OptionValues values, Log log, LoadedTest loaded, LoadTestDefinition test, RunOptions options, ResumedTest? resumed) => resumed switch
    {
        null => RunRecording.Begin(values, host, loaded, test, options, log),
        { Recording: { } open } => open,
        { Stored: { } stored } => RunRecording.Continue(values, host, stored, log),
        _ => RunRecording.None(log),
    };

    /// <summary>The run itself.</summary>
    public IRunControl Control => _run.Control;

    /// <summary>Id under which it is kept; null when it is not.</summary>
    public string? KeptId => _recording.Run?.Id;

    /// <summary>What it comes to; set by <see cref="Finish"/>.</summary>
    public Verdict Verdict { get; private set; }

    /// <summary>Exit code of the command, were this its only run; set by <see cref="Finish"/>.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Checks all that is to be written; nothing is sent yet.</summary>
    /// <exception cref="OptionException">A file cannot be written.</exception>
    public static OneRun Prepare(
        CommandHost host, OptionValues values, Log log, LoadedTest loaded, LoadTestDefinition test, RunOptions options, StartRun start, ResumedTest? resumed = null) =>
        new(host, values, log, loaded, test, options, start, resumed);

    /// <summary>Starts it; completes when it is over.</summary>
    public async Task RunAsync()
    {
        _log.Info(RunSettings.Describe(_name, _options, _run.Scenarios));
        IReadOnlyList<Watch> watches = Control is ILiveRun ? _values.Get(WatchOptions.Watch) : [];
        await using TargetWatcher watcher = new(watches, metrics => ((ILiveRun)Control).Measured(metrics), _log.Warning, TimeProvider.System);
        _capacity.Begin(Control);
        await _run.RunAsync().ConfigureAwait(false);
        await _capacity.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the outputs once the run is over.</summary>
    /// <param name="signals">A signal ends the waiting.</param>
    public Task DrainAsync(StopSignals signals) => _outputs.DrainAsync(signals);

    /// <summary>Judges the run and writes its files.</summary>
    /// <param name="print">Whether its statistics are printed.</param>
    public void Finish(bool print)
    {
        RunSnapshot last = Control.Snapshot with { Outputs = _outputs.Rows };
        Verdict verdict = _outputs.Judge(_capacity.Judge(Verdict.Of(last, _values.Get(OptionCatalog.ExitCodeOnError), _values.Get(OptionCatalog.RequireHonest)), last));
        Verdict = _recording.Finish(last, verdict);
        _end = new RunEnd(_host, _values, _log, last, _run.Ending(), Verdict);
        if (print)
            Print();
        ExitCode = _results.Finish(last, Verdict);
        if (!_end.WriteFiles() && ExitCode == ExitCodes.Success)
            ExitCode = ExitCodes.ResultsMissing;
        if (_report.Finish(_name, _test, _options, Control) is { } problem)
        {
            _host.Error.WriteLine($"onrush: {problem}");
            if (ExitCode == ExitCodes.Success)
                ExitCode = ExitCodes.ResultsMissing;
        }

        _run.Judged(RunRecording.Written(last, Verdict));
    }

    /// <summary>Prints its statistics, once it is finished.</summary>
    public void Print()
    {
        _outputs.Print();
        if (_capacity.Table is { } table)
            _host.Output.Write(table);
        else
            _end?.Print();
    }

    /// <summary>Lets the load test say its last word.</summary>
    public async Task QuitAsync()
    {
        try
        {
            await _run.QuitAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Error($"OnQuittingAsync threw {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Closes its outputs and its journal; the exit code is final then.</summary>
    public void Dispose()
    {
        _requests.Dispose();
        _outputs.Dispose();
        if (!_recording.Close() && ExitCode == ExitCodes.Success)
            ExitCode = ExitCodes.ResultsMissing;
    }
}
