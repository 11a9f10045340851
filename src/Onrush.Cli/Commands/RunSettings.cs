using System.Globalization;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Runs.Capacity;
using Onrush.Runs.Journal;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>From options to what a run is started with.</summary>
internal static class RunSettings
{
    private static readonly TimeSpan LongestSearch = TimeSpan.FromDays(1);

    /// <summary>What the options ask for.</summary>
    public static RunOptions Of(OptionValues values)
    {
        RunOptions plain = Plain(values);
        if (values.Get(OptionCatalog.Profile) is { } profile)
            return plain with { Users = profile.Users, Executor = profile.Executor, ReplacesScenarios = true };
        if (CapacityOptions.Plan(values) is not { } plan)
            return plain;
        // The rules of the load test are about another load.
        RunOptions search = plain with { Users = plan.Start, SpawnRate = Math.Max(10, plan.Start), ReplacesScenarios = true, Thresholds = [], IgnoresRules = true };
        return plan.Metric == CapacityMetric.Users ? search : search with
        {
            Executor = Executor.ConstantArrivalRate(plan.Start, LongestSearch),
        };
    }

    private static RunOptions Plain(OptionValues values) => new()
    {
        Host = TargetOptions.HostOf(values),
        Targets = values.Get(TargetOptions.Targets),
        Users = values.Get(OptionCatalog.Users),
        SpawnRate = values.Get(OptionCatalog.SpawnRate),
        ReplacesScenarios = values.IsGiven(OptionCatalog.Users) || values.IsGiven(OptionCatalog.SpawnRate),
        RunTime = values.Get(OptionCatalog.RunTime),
        StopTimeout = values.Get(OptionCatalog.StopTimeout),
        Seed = values.Get(OptionCatalog.Seed),
        Transport = values.Get(OptionCatalog.Transport),
        Insecure = values.Get(OptionCatalog.Insecure),
        LocalAddresses = values.Get(OptionCatalog.LocalAddresses),
        Loops = values.Get(OptionCatalog.Loops),
        TraceShare = values.Get(OutOptions.TraceParent),
        Thresholds = values.Get(OptionCatalog.Threshold),
    };

    /// <summary>The same in a sentence for the log.</summary>
    /// <param name="name">Name of the load test.</param>
    /// <param name="options">What the run is started with.</param>
    /// <param name="scenarios">Names of the configured scenarios; empty when users and spawn rate count.</param>
    public static string Describe(string name, RunOptions options, IReadOnlyList<string> scenarios) => string.Create(
        CultureInfo.InvariantCulture,
        $"running {name}: {Load(options, scenarios)}, "
        + $"{(options.RunTime is { } time ? "for " + Duration.Format(time) : scenarios.Count > 0 ? "until all are over" : "until it is stopped")}{(options.Host is { } host ? ", on " + RunPlan.WithoutPassword(host) : "")}");

    private static string Load(RunOptions options, IReadOnlyList<string> scenarios) => scenarios.Count > 0
        ? $"{Numbers.Plural(scenarios.Count, "scenario")} ({string.Join(", ", scenarios)})"
        : string.Create(CultureInfo.InvariantCulture, $"{Numbers.Plural(options.Users, "user")} at {options.SpawnRate:0.##} per second");
}
