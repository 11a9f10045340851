using Onrush.Cli.Options;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>A command on runs that were kept: its options, its help, and where it looks.</summary>
internal abstract class KeptRunCommand(string name, string what, string usage)
{
    /// <summary>The run.</summary>
    public static readonly CommandOption<IReadOnlyList<string>> Run = new("run", ValueReader.Texts)
    {
        Arity = OptionArity.Many, Group = Which, Argument = "RUN", Positional = true, Default = [], CommandLineOnly = true,
        Help = "latest, the beginning of an id that 'onrush runs' shows, or the path of a run's folder or journal.",
    };

    private static readonly CommandOption<bool> Help = new("help", ValueReader.Flag)
    {
        Short = 'h', Arity = OptionArity.Flag, Group = "Other", CommandLineOnly = true,
        Help = "Print this text.",
    };

    private static readonly IReadOnlyList<CommandOption> Places = [OptionCatalog.RunDir, OptionCatalog.Store];

    private const string Which = "Which run";

    /// <summary>The options that are its own.</summary>
    public abstract IReadOnlyList<CommandOption> OwnOptions { get; }

    /// <returns>The exit code.</returns>
    /// <exception cref="OptionException">An option is wrong.</exception>
    /// <exception cref="JournalException">There is no such run, or it cannot be read.</exception>
    public async Task<int> ExecuteAsync(IReadOnlyList<string> args, CommandHost host)
    {
        IReadOnlyList<CommandOption> options = [.. OwnOptions, .. Places, Help];
        // Of the files and the environment only the place of the runs counts: everything else there is for running.
        OptionValues around = new OptionSources(args, host.Environment, host.Home, host.Directory).Resolve(Places, final: false);
        List<GivenValue> given = [.. CommandLine.Parse(args, options, final: true)];
        given.InsertRange(0, Places.Select(place => around.Given(place.Name)).OfType<GivenValue>());
        OptionValues values = new(options, given);
        if (values.Get(Help))
        {
            host.Output.Write(HelpText.Render($"onrush {name}: {what}\n\nUsage: onrush {name} {usage}\n", options, "", host.Width > 0 ? host.Width : 120));
            return ExitCodes.Success;
        }

        return await RunPlace.UseAsync(values, host, store => ExecuteAsync(values, store, host)).ConfigureAwait(false);
    }

    /// <summary>Does what the command is for.</summary>
    protected abstract Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host);

    /// <summary>The run that was named.</summary>
    /// <exception cref="OptionException">None was, or several.</exception>
    /// <exception cref="JournalException">There is none.</exception>
    protected FoundRun Find(OptionValues values, IRunStore store, CommandHost host) => values.Get(Run) switch
    {
        [var one] => RunFinder.Find(store, one, host.Directory),
        [] => throw new OptionException($"'onrush {name}' needs a run: 'latest', or an id that 'onrush runs' shows"),
        _ => throw new OptionException($"'onrush {name}' takes one run"),
    };

    /// <summary>Says what is wrong with a journal, apart from the results.</summary>
    protected static void Warn(IEnumerable<string> problems, CommandHost host)
    {
        foreach (string problem in problems)
            host.Error.WriteLine($"onrush: warning: {problem}");
    }
}
