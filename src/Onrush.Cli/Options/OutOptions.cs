using Onrush.Outputs;
using Onrush.Outputs.Options;

namespace Onrush.Cli.Options;

/// <summary>Options of what a run sends to other systems.</summary>
internal static class OutOptions
{
    private const string Outputs = "Outputs";

    public static readonly CommandOption<IReadOnlyList<OutputSpec>> Out = new("out", ReadSpecs)
    {
        Arity = OptionArity.Many, Group = Outputs, Argument = "TYPE=WHERE", Default = [],
        Help = $"Send what is measured to another system while it is measured, as in 'influxdb=http://127.0.0.1:8086/load&period=5s'. Repeat it for more. "
            + $"There are {string.Join(", ", OutputTypes.All.Select(type => type.Argument))}; and classes of the load test that implement IOutput.",
    };

    public static readonly CommandOption<TimeSpan> DrainTimeout = new("drain-timeout", ValueReader.Length(zero: true))
    {
        Group = Outputs, Argument = "TIME", Default = TimeSpan.FromSeconds(30), DefaultText = "30s",
        Help = "How long, at the end, outputs may take to send what waits; Ctrl-C ends that early.",
    };

    public static readonly CommandOption<bool> RequireOutputs = new("require-outputs", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Outputs,
        Help = "Fail with exit code 96 when an output did not get everything.",
    };

    public static readonly CommandOption<double> TraceParent = new("traceparent", ValueReader.PositiveNumber(1))
    {
        Group = Outputs, Argument = "SHARE", DefaultText = "no header",
        Help = "Send the header traceparent with each request and ask the target to record this share of their traces (0.01, 1); the ids of the slowest are in the results.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } = [.. Sending, TraceParent];

    /// <summary>Those that a replay knows too.</summary>
    public static IReadOnlyList<CommandOption> Sending => [Out, DrainTimeout, RequireOutputs];

    // A comma belongs to the values of options, so several outputs are several values; in a variable each has a line.
    private static IReadOnlyList<OutputSpec> ReadSpecs(IReadOnlyList<string> texts)
    {
        try
        {
            return [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(OutputSpec.Parse)];
        }
        catch (OutputException e)
        {
            throw new OptionException(e.Message);
        }
    }
}
