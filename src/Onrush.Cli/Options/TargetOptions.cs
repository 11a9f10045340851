using Onrush.Runs;
using Onrush.Users;

namespace Onrush.Cli.Options;

/// <summary>Targets under names, so that nobody has to remember URLs.</summary>
internal static class TargetOptions
{
    private const string Group = "Load test";

    public static readonly CommandOption<IReadOnlyList<TargetProfile>> Targets = new("targets", Read)
    {
        Arity = OptionArity.Many, Group = Group, Argument = "NAME=URL", Default = [],
        Help = "Targets under names, for --target and for the page; best in onrush.toml: targets = [\"local=http://127.0.0.1:8080\", \"staging=https://staging.example.com\"].",
    };

    public static readonly CommandOption<string> Target = new("target", ValueReader.Text)
    {
        Group = Group, Argument = "NAME",
        Help = "The one of --targets that stands in front of every relative path; wins over --host.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } = [Targets, Target];

    /// <summary>The host that the options name; null when none does.</summary>
    /// <exception cref="OptionException">There is no such target.</exception>
    public static string? HostOf(OptionValues values)
    {
        if (values.Get(Target) is not { } name)
            return values.Get(OptionCatalog.Host);
        IReadOnlyList<TargetProfile> targets = values.Get(Targets);
        return targets.FirstOrDefault(target => target.Name == name)?.Host
            ?? throw new OptionException(targets.Count == 0
                ? $"--target: there is no target '{name}', since no --targets are named"
                : $"--target: there is no target '{name}'{Suggestion.For(name, targets.Select(target => target.Name))}; there are {string.Join(", ", targets.Select(target => target.Name))}");
    }

    private static List<TargetProfile> Read(IReadOnlyList<string> texts)
    {
        List<TargetProfile> targets = [];
        foreach (string text in ValueReader.Texts(texts))
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } url])
                throw new OptionException($"'{text}' is not NAME=URL, for instance local=http://127.0.0.1:8080");
            if (targets.Exists(target => target.Name == name))
                throw new OptionException($"'{name}' is named twice");
            targets.Add(new TargetProfile(name, ValueReader.Host([url])));
        }

        return targets;
    }
}
