using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Dashboard;
using Onrush.Runs;
using Onrush.Runs.Store;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>Serves the page and carries out the runs that are started on it, until somebody ends the command.</summary>
/// <param name="host">What surrounds the command.</param>
/// <param name="start">Makes a run.</param>
/// <param name="values">The options.</param>
/// <param name="log">The log.</param>
/// <param name="screen">Makes what shows a run in the terminal; null shows none.</param>
internal sealed class PageCommand(CommandHost host, StartRun start, OptionValues values, Log log, Func<IRunScreen>? screen)
{
    private readonly TaskCompletionSource _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ResumedTest? _resumed;
    private OneRun? _last;
    private KeptRuns? _kept;

    /// <summary>The master, where there are workers beside this process.</summary>
    public MasterRuns? Master { get; init; }

    /// <summary>The run that is carried on; null for none.</summary>
    public ResumedTest? Resumed { get; init; }

    /// <returns>The exit code: that of the last run, or 0 when there was none.</returns>
    /// <exception cref="OptionException">The page cannot be served as asked for.</exception>
    public async Task<int> ExecuteAsync(LoadedTest loaded, LoadTestDefinition test, RunOptions options, StopSignals signals)
    {
        string name = loaded.Name;
        // What cannot be written is told before anyone sees the page.
        RunResults.Prepare(host, values, log, name, options, new Runs.Results.Requests.RequestFeed());
        HtmlReport.Prepare(host, values);
        RunOutputs.Check(host, values, loaded, test, options);
        var session = new TestSession(new SessionTitle(name, ProductVersion.Text), test, options, (chosen, asked) => Make(loaded, chosen, asked, signals), log.Recent)
        {
            FindPresent = () => Master?.Present ?? [],
        };
        IRunStore store = OpenStore();
        using IDisposable? closing = store as IDisposable;
        _kept = new KeptRuns(store, ProductVersion.Text);
        await using DashboardServer server = await ServeAsync(session).ConfigureAwait(false);
        host.Output.WriteLine($"The page is at {server.Address} (Ctrl-C ends it)");
        host.Output.Flush();
        signals.Attach(reason => Leave(session, reason));
        if (!PageFiles.Exist)
            log.Warning(PageFiles.Missing);
        _resumed = Resumed;
        if (Resumed is not null)
            Watch(session, session.Resume(test, options));
        else if (values.Get(OptionCatalog.Headless) || values.Get(WebOptions.Autostart))
            await StartAsync(session).ConfigureAwait(false);
        await _leave.Task.ConfigureAwait(false);
        if (session.Current is { } run)
            await run.Over.ConfigureAwait(false);
        _last?.Print();
        await session.QuitAsync().ConfigureAwait(false);
        return _last?.ExitCode ?? ExitCodes.Success;
    }

    private IRunStore OpenStore()
    {
        try
        {
            return RunPlace.Open(values, host, log.Warning);
        }
        catch (IOException e)
        {
            throw new OptionException($"--store: {e.Message}");
        }
    }

    private async Task<DashboardServer> ServeAsync(TestSession session)
    {
        try
        {
            return await DashboardServer.StartAsync(session, Settings(), log.Warning).ConfigureAwait(false);
        }
        catch (DashboardException e)
        {
            throw new OptionException(e.Message);
        }
    }

    private async Task StartAsync(TestSession session)
    {
        SessionRun run;
        try
        {
            run = await session.StartAsync(new StartOptions()).ConfigureAwait(false);
        }
        catch (StartRefusedException e)
        {
            throw new LoadTestException(e.Message);
        }

        Watch(session, run);
    }

    private void Watch(TestSession session, SessionRun run)
    {
        TimeSpan? stay = values.Get(OptionCatalog.Headless) ? TimeSpan.Zero : values.Get(WebOptions.Autoquit);
        _ = WatchAsync(session, run, stay);
    }

    private async Task WatchAsync(TestSession session, SessionRun run, TimeSpan? stay)
    {
        try
        {
            if (screen is not null)
                await screen().ShowAsync(run.Control, run.Over).ConfigureAwait(false);
            await run.Over.ConfigureAwait(false);
            if (stay is not { } time)
                return;
            await Task.WhenAny(Task.Delay(time), _leave.Task).ConfigureAwait(false);
            if (session.Problem is { } problem && _last is null)
                throw new LoadTestException(problem);
            _leave.TrySetResult();
        }
        catch (Exception e)
        {
            _leave.TrySetException(e);
        }
    }

    private (IRunControl Control, Func<Task> RunAsync, Func<Task> QuitAsync) Make(
        LoadedTest loaded, LoadTestDefinition test, RunOptions options, StopSignals signals)
    {
        OneRun run = OneRun.Prepare(host, values, log, loaded, test, options, start, Interlocked.Exchange(ref _resumed, null));
        if (run.KeptId is { } id)
            _kept?.Hide(id, run.Control);
        return (run.Control, () => CarryOutAsync(run, signals), run.QuitAsync);
    }

    private async Task CarryOutAsync(OneRun run, StopSignals signals)
    {
        using (run)
        {
            try
            {
                await run.RunAsync().ConfigureAwait(false);
            }
            catch (LoadTestException e)
            {
                log.Error(e.Message);
                throw;
            }

            await run.DrainAsync(signals).ConfigureAwait(false);
            run.Finish(print: false);
        }

        _last = run;
        log.Info($"the run is over: {run.Verdict.Text}");
    }

    private void Leave(TestSession session, string reason)
    {
        try
        {
            session.StopAsync(reason);
        }
        catch (SessionStateException)
        {
            // Nothing runs.
        }

        _leave.TrySetResult();
    }

    private DashboardOptions Settings() => new()
    {
        Kept = _kept,
        Host = values.Get(WebOptions.Host),
        Port = values.Get(WebOptions.Port),
        BasePath = values.Get(WebOptions.BasePath),
        Token = values.Get(WebOptions.Token),
        Login = values.Get(WebOptions.Login),
        TlsCertificate = Full(values.Get(WebOptions.TlsCert)),
        TlsKey = Full(values.Get(WebOptions.TlsKey)),
        LocustGet = values.Get(WebOptions.LocustGet),
    };

    private string? Full(string? path) => path is null ? null : Path.GetFullPath(path, host.Directory);
}
