using Onrush.Cli;
using Onrush.Cli.Commands;
using Onrush.Cli.Scripts;

if (args is [CompilerProcess.Command, .. string[] rest])
    return CompilerProcess.RunChild(rest, Console.Out);
return await Application.ExecuteAsync(args, CommandHost.OfProcess(), LocalRuns.Prepare).ConfigureAwait(false);
