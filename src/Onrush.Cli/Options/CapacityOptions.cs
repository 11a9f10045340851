using Onrush.Runs.Capacity;

namespace Onrush.Cli.Options;

/// <summary>What 'onrush capacity' is told.</summary>
internal static class CapacityOptions
{
    private const string Capacity = "Capacity search (onrush capacity)";

    /// <summary>The command.</summary>
    public const string Command = "capacity";

    public static readonly CommandOption<IReadOnlyList<SloRule>> Slo = new("slo", Rules)
    {
        Group = Capacity, Argument = "RULES", Default = [],
        Help = "What the target has to keep: p(95)<1000,failed<1% (milliseconds; also avg, med, max and 0.5s).",
    };

    public static readonly CommandOption<CapacityMetric> Metric = new("metric", ValueReader.Choice(("users", CapacityMetric.Users), ("rate", CapacityMetric.Rate)))
    {
        Group = Capacity, Argument = "WHAT", DefaultText = "users",
        Help = "What is searched for: users, or rate (iterations started per second, whatever the target does).",
    };

    public static readonly CommandOption<int> Max = new("max", ValueReader.Int(1, 10_000_000))
    {
        Group = Capacity, Argument = "N", Default = 10_000, DefaultText = "10000",
        Help = "The most that is tried.",
    };

    public static readonly CommandOption<TimeSpan> StepTime = new("step-time", ValueReader.Length(zero: false))
    {
        Group = Capacity, Argument = "TIME", Default = TimeSpan.FromSeconds(10), DefaultText = "10s",
        Help = "How long is measured at each level, after it has settled.",
    };

    public static readonly CommandOption<int> Confidence = new("confidence", ValueReader.Int(1, 10))
    {
        Group = Capacity, Argument = "N", Default = 2, DefaultText = "2",
        Help = "How often a level near the limit has to give the same before it counts.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } = [Slo, Metric, Max, StepTime, Confidence];

    /// <summary>The search that is asked for; null when none is.</summary>
    public static CapacityPlan? Plan(OptionValues values) => values.Get(Slo) is { Count: > 0 } rules
        ? new CapacityPlan(values.Get(Metric), rules)
        {
            Start = values.IsGiven(OptionCatalog.Users) ? values.Get(OptionCatalog.Users) : Math.Min(10, values.Get(Max)),
            Max = values.Get(Max),
            StepTime = values.Get(StepTime),
            Confidence = values.Get(Confidence),
        }
        : null;

    /// <summary>Refuses what does not go together.</summary>
    /// <param name="values">The options.</param>
    /// <param name="isCommand">Whether the command was given.</param>
    /// <exception cref="OptionException">Something does not.</exception>
    public static void Check(OptionValues values, bool isCommand)
    {
        if (isCommand && !values.IsGiven(Slo))
            throw new OptionException("'onrush capacity' needs --slo, for instance --slo 'p(95)<1000,failed<1%'");
        if (!isCommand && All.FirstOrDefault(values.IsGiven) is { } stray)
            throw new OptionException($"--{stray.Name} belongs to 'onrush capacity'");
        if (isCommand && new CommandOption[] { OptionCatalog.RunTime, OptionCatalog.Profile }.FirstOrDefault(values.IsGiven) is { } other)
            throw new OptionException($"--{other.Name} has no place in 'onrush capacity': the search decides about load and time");
        if (values.IsGiven(OptionCatalog.Profile) && new CommandOption[] { OptionCatalog.Users, OptionCatalog.SpawnRate }.FirstOrDefault(values.IsGiven) is { } twice)
            throw new OptionException($"--{twice.Name} and --profile both say how many users there are: give one of them");
    }

    private static IReadOnlyList<SloRule> Rules(IReadOnlyList<string> texts)
    {
        try
        {
            return [.. texts.SelectMany(SloRule.Parse)];
        }
        catch (FormatException e)
        {
            throw new OptionException(e.Message);
        }
    }
}
