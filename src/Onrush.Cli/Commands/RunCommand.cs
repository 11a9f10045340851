using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Users;
using Spectre.Console;

namespace Onrush.Cli.Commands;

/// <summary>onrush [options] [CLASS ...]: reads the options, compiles the load test and shows or runs it.</summary>
/// <param name="host">What surrounds the command.</param>
/// <param name="local">Makes a run.</param>
/// <param name="isCapacity">Whether it is 'onrush capacity', which searches for the largest load that holds.</param>
internal sealed class RunCommand(CommandHost host, StartRun local, bool isCapacity = false)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="OptionException">An option is wrong.</exception>
    /// <exception cref="Scripts.ScriptException">The load test is missing or does not compile.</exception>
    /// <exception cref="LoadTestException">Something in the load test is wrong.</exception>
    public async Task<int> ExecuteAsync(IReadOnlyList<string> args)
    {
        OptionSources sources = new(args, host.Environment, host.Home, host.Directory);
        OptionValues values = sources.Resolve(OptionCatalog.All, final: false);
        if (values.Get(OptionCatalog.Version))
        {
            host.Output.WriteLine($"onrush {ProductVersion.Text}");
            return ExitCodes.Success;
        }

        if (values.Get(OptionCatalog.Help))
        {
            host.Output.Write(HelpText.Render(OptionsForHelp(values), host.Width > 0 ? host.Width : 120));
            return ExitCodes.Success;
        }

        if (values.Get(ClusterOptions.Worker))
        {
            sources.Resolve(OptionCatalog.All, final: true);
            using Log own = OpenLog(values);
            return await WorkerCommand.ExecuteAsync(values, host, own, Leave).ConfigureAwait(false);
        }

        CheckSource(sources, values);
        // Beside the compiling and reading of the load test.
        if (WillRunHere(values))
            _ = WarmUp.Begin(EngineSettings.Of(new RunOptions { Transport = values.Get(OptionCatalog.Transport) }));
        using Log log = OpenLog(values);
        LoadedTest test = LoadedTest.Load(values, host, text => WarnOfScript(text, values, log));
        values = sources.Resolve(test.Options, final: true);
        foreach (string unknown in sources.UnknownVariables(test.Options))
            log.Warning(unknown);
        LoadTestDefinition chosen = test.Definition.Select(
            values.Get(OptionCatalog.UserClasses), values.Get(OptionCatalog.Tags), values.Get(OptionCatalog.ExcludeTags));
        if (Shown(chosen, values) is { } text)
        {
            host.Output.Write(text);
            return ExitCodes.Success;
        }

        CapacityOptions.Check(values, isCapacity);
        // What is required may also be filled in on the page.
        if ((values.Get(OptionCatalog.Headless) || values.Get(WebOptions.Autostart)) && !values.IsGiven(ClusterOptions.Resume))
            OwnOptions.CheckRequired(chosen);
        return await RunAsync(test, chosen, values, log).ConfigureAwait(false);
    }

    private async Task<int> RunAsync(LoadedTest loaded, LoadTestDefinition test, OptionValues values, Log log)
    {
        string name = loaded.Name;
        ResumedTest? resumed = ResumedTest.Find(values, host, loaded, log);
        Engine.EngineLog.Warn = log.Warning;
        using StopSignals signals = new(Leave);
        await using MasterRuns? master = MasterRuns.AreWanted(values)
            ? await MasterRuns.StartAsync(values, host, loaded, log, signals, resumed?.Run).ConfigureAwait(false) : null;
        if (master is { GoesOn: false })
            return ExitCodes.Success;
        resumed = master?.TakenOver ?? resumed;
        test = resumed?.Test ?? test;
        RunOptions options = resumed?.Options ?? RunSettings.Of(values);
        IRunScreen Shown() => Screen(new RunTitle(name, options.Host, options.RunTime), values, log);
        bool headless = values.Get(OptionCatalog.Headless);
        StartRun start = master is null ? local : master.Prepare;
        if (!headless || values.Get(WebOptions.WithPage))
            return await new PageCommand(host, start, values, log, headless ? Shown : null) { Master = master, Resumed = resumed }.ExecuteAsync(loaded, test, options, signals).ConfigureAwait(false);
        OneRun run = OneRun.Prepare(host, values, log, loaded, test, options, start, resumed);
        using (run)
        {
            signals.Attach(run.Control.Stop);
            Task over = run.RunAsync();
            await Shown().ShowAsync(run.Control, over).ConfigureAwait(false);
            await run.DrainAsync(signals).ConfigureAwait(false);
            run.Finish(print: true);
            await run.QuitAsync().ConfigureAwait(false);
        }

        return run.ExitCode;
    }

    private IRunScreen Screen(RunTitle title, OptionValues values, Log log)
    {
        if (values.Get(OptionCatalog.OnlySummary))
            return new SilentScreen();
        return host.IsTerminal ? LiveScreenOf(title, log) : new PlainScreen(host.Output);
    }

    // In a method of its own so that nothing of Spectre.Console is loaded where there is no terminal.
    private LiveScreen LiveScreenOf(RunTitle title, Log log) => new(AnsiConsole.Console, title, log, host.HasKeys);

    private static bool WillRunHere(OptionValues values) =>
        !values.Get(OptionCatalog.List) && !values.Get(OptionCatalog.ShowTaskRatio) && !values.Get(OptionCatalog.ShowTaskRatioJson) && !MasterRuns.AreWanted(values);

    private static string? Shown(LoadTestDefinition test, OptionValues values)
    {
        if (values.Get(OptionCatalog.List))
            return ListText.Users(test);
        bool json = values.Get(OptionCatalog.ShowTaskRatioJson);
        if (!json && !values.Get(OptionCatalog.ShowTaskRatio))
            return null;
        TaskRatio ratio = UserShares.Ratio(test, values.IsGiven(OptionCatalog.Users) ? values.Get(OptionCatalog.Users) : null);
        return json ? ratio.ToJson() + "\n" : ListText.Ratio(ratio);
    }

    private IReadOnlyList<CommandOption> OptionsForHelp(OptionValues values)
    {
        bool isGiven = values.IsGiven(OptionCatalog.File) || host.LoadTest is not null;
        return isGiven || File.Exists(Path.Combine(host.Directory, OptionCatalog.File.Default![0]))
            ? LoadedTest.Load(values, host, _ => { }).Options
            : OptionCatalog.All;
    }

    // Where there is no load test, no option can be one of its own: a mistyped option is then the mistake to tell.
    private void CheckSource(OptionSources sources, OptionValues values)
    {
        try
        {
            LoadedTest.Find(values, host);
        }
        catch (Scripts.ScriptException)
        {
            sources.Resolve(OptionCatalog.All, final: true);
            throw;
        }
    }

    private Log OpenLog(OptionValues values)
    {
        string? file = values.Get(OptionCatalog.LogFile);
        try
        {
            return new Log(
                values.Get(OptionCatalog.LogLevel), host.Error.WriteLine, file is null ? null : Path.GetFullPath(file, host.Directory), TimeProvider.System);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionException($"--logfile: {file} cannot be written: {e.Message}");
        }
    }

    private void WarnOfScript(string text, OptionValues values, Log log)
    {
        if (values.Get(OptionCatalog.Verbose))
            host.Error.WriteLine(text);
        else
            log.Debug(text);
    }

    private void Leave(int exitCode)
    {
        // The live table hides the cursor.
        if (host.IsTerminal)
            host.Output.Write("\e[?25h\n");
        host.Output.Flush();
        System.Environment.Exit(exitCode);
    }
}
