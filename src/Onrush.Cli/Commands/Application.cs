using Onrush.Cli.Commands.Kept;
using Onrush.Cli.Demo;
using Onrush.Cli.Options;
using Onrush.Cli.Scripts;
using Onrush.Runs.Journal;

namespace Onrush.Cli.Commands;

/// <summary>Finds the command that the arguments name, and turns what goes wrong into a line and an exit code.</summary>
internal static class Application
{
    /// <returns>The exit code.</returns>
    public static async Task<int> ExecuteAsync(IReadOnlyList<string> args, CommandHost host, StartRun start)
    {
        try
        {
            if (args is ["new", ..])
                return NewCommand.Execute([.. args.Skip(1)], host);
            if (args is ["demo", ..])
                return await DemoCommand.ExecuteAsync([.. args.Skip(1)], host, start).ConfigureAwait(false);
            return args.Count > 0 && KeptRunCommands.Find(args[0]) is { } command
                ? await command.ExecuteAsync([.. args.Skip(1)], host).ConfigureAwait(false)
                : args is [CapacityOptions.Command, ..]
                ? await new RunCommand(host, start, isCapacity: true).ExecuteAsync([.. args.Skip(1)]).ConfigureAwait(false)
                : await new RunCommand(host, start).ExecuteAsync(args).ConfigureAwait(false);
        }
        catch (OptionException e)
        {
            host.Error.WriteLine($"onrush: {e.Message}");
            return ExitCodes.BadConfiguration;
        }
        catch (JournalException e)
        {
            host.Error.WriteLine($"onrush: {e.Message}");
            return ExitCodes.Failed;
        }
        catch (ScriptException e)
        {
            foreach (string line in e.Lines)
                host.Error.WriteLine(line.Contains("): ", StringComparison.Ordinal) ? line : $"onrush: {line}");
            return ExitCodes.BadConfiguration;
        }
        catch (Exception e)
        {
            host.Error.WriteLine(OneLine(e, host.Directory));
            if (args.Contains("--" + OptionCatalog.Verbose.Name) || host.Environment.ContainsKey(OptionCatalog.Verbose.Environment!))
                host.Error.WriteLine(e);
            return e switch
            {
                LoadTestException { IsThrownBySetUp: true } => ExitCodes.SetUpThrew,
                LoadTestException => ExitCodes.BadConfiguration,
                _ => ExitCodes.Failed,
            };
        }
    }

    private static string OneLine(Exception exception, string directory) => exception switch
    {
        LoadTestException { File: { } file, Line: { } line } e => $"{ScriptMessage.Shorten(file, directory)}({line}): {e.Message}",
        LoadTestException e => $"onrush: {e.Message}",
        _ => $"onrush: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} (--verbose shows where)",
    };
}
