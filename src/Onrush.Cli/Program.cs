using Onrush.Cli;
using Onrush.Cli.Commands;
using Onrush.Cli.Demo;
using Onrush.Cli.Scripts;

if (args is [CompilerProcess.Command, .. string[] rest])
    return CompilerProcess.RunChild(rest, Console.Out);
if (args is [DemoTarget.Command])
    return await DemoTarget.RunChildAsync().ConfigureAwait(false);
return await Application.ExecuteAsync(args, CommandHost.OfProcess(), LocalRuns.Prepare).ConfigureAwait(false);

// Named here because the web framework would make it public otherwise.
internal static partial class Program;
