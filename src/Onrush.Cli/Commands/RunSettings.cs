using System.Globalization;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>From options to what a run is started with.</summary>
internal static class RunSettings
{
    public static RunOptions Of(OptionValues values) => new()
    {
        Host = values.Get(OptionCatalog.Host),
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
    };

    /// <summary>The same in a sentence for the log.</summary>
    public static string Describe(string name, RunOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"running {name}: {Numbers.Plural(options.Users, "user")} at {options.SpawnRate:0.##} per second, "
        + $"{(options.RunTime is { } time ? "for " + Duration.Format(time) : "until it is stopped")}{(options.Host is { } host ? ", on " + host : "")}");
}
