using Onrush.Outputs.CloudWatch;
using Onrush.Runs.Watching;

namespace Onrush.Cli.Options;

/// <summary>What of the target is read beside the run.</summary>
internal static class WatchOptions
{
    private static readonly WatchKinds Kinds = new(new Dictionary<string, WatchKind>(WatchKinds.BuiltIn) { ["cloudwatch"] = MetricReader.Watch });

    public static readonly CommandOption<IReadOnlyList<Watch>> Watch = new("watch", Read)
    {
        Arity = OptionArity.Many, Group = "Target", Argument = "WHAT", Default = [],
        Help = "Read a measurement of the target every few seconds and show it beside the run: process=PID|NAME, 'prometheus=URL&query=PROMQL', 'http=URL&path=JSONPATH' or "
            + "'cloudwatch=AWS/EC2/CPUUtilization&dimensions=InstanceId:i-...', "
            + "with &name=, &unit= and &period=5s. Repeat it for more.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } = [Watch];

    // A comma belongs to a query, so several are several values; in a variable each has a line.
    private static IReadOnlyList<Watch> Read(IReadOnlyList<string> texts)
    {
        try
        {
            return [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Kinds.Read)];
        }
        catch (WatchException e)
        {
            throw new OptionException(e.Message);
        }
    }
}
