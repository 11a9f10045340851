using Onrush.Cli.Options;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>Makes the [Option] properties of a load test options of the command.</summary>
internal static class OwnOptions
{
    public const string Group = "This load test";

    /// <summary>The command's options and the load test's.</summary>
    /// <exception cref="LoadTestException">A name is taken.</exception>
    public static IReadOnlyList<CommandOption> WithCatalog(LoadTestDefinition test)
    {
        foreach (LoadTestOption option in test.Options)
            if (OptionCatalog.All.Any(taken => taken.Name == option.Name))
                throw new LoadTestException(
                    $"The option --{option.Name} is one of onrush itself: rename the property, or give it [Option(\"...\", Name = \"...\")].", option.Place);
        return [.. OptionCatalog.All, .. test.Options.Select(Made)];
    }

    /// <summary>Hands the values to the load test.</summary>
    /// <exception cref="LoadTestException">A required one is missing.</exception>
    public static void CheckRequired(LoadTestDefinition test)
    {
        foreach (LoadTestOption option in test.Options)
            option.CheckRequired();
    }

    // Reading the value sets the property. The sources are read from the weakest to the strongest, so the strongest remains.
    private static CommandOption<object?> Made(LoadTestOption option) => new(option.Name, texts => Set(option, texts))
    {
        Group = Group,
        Arity = option.Kind switch
        {
            OptionKind.Switch => OptionArity.Flag,
            OptionKind.List => OptionArity.Many,
            _ => OptionArity.One,
        },
        Argument = option.Kind switch
        {
            OptionKind.Switch => "",
            OptionKind.WholeNumber => "N",
            OptionKind.Number => "X",
            OptionKind.Duration => "TIME",
            OptionKind.Choice => "CHOICE",
            OptionKind.List => "TEXT,...",
            _ => "TEXT",
        },
        Help = Help(option),
        DefaultText = option.DefaultText is { Length: > 0 } text ? text : option.Required ? "required" : null,
    };

    private static object? Set(LoadTestOption option, IReadOnlyList<string> texts)
    {
        try
        {
            option.Set(option.Kind switch
            {
                OptionKind.Switch => [texts.Count == 0 ? "true" : texts[^1]],
                OptionKind.List => texts,
                _ => [texts[^1]],
            });
            return option.Value;
        }
        catch (LoadTestException e)
        {
            // The message names the option; where it stands is said already.
            string message = e.Message.StartsWith("--" + option.Name, StringComparison.Ordinal) ? e.Message[(option.Name.Length + 2)..].TrimStart(':', ' ') : e.Message;
            throw new OptionException(message);
        }
    }

    private static string Help(LoadTestOption option)
    {
        string help = option.Help.TrimEnd('.') + ".";
        return option.Choices.Count > 0 ? $"{help} One of {string.Join(", ", option.Choices)}." : help;
    }
}
