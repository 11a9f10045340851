using System.CommandLine;
using System.CommandLine.Parsing;
using Onrush.Users;

namespace Onrush.Cli.Options;

/// <summary>Reads the arguments of the command with System.CommandLine; what it finds are texts, which the options read themselves.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = true, ResponseFileTokenReplacer = null };

    /// <param name="args">The arguments.</param>
    /// <param name="options">The options there are.</param>
    /// <param name="final">False while the load test's own options are not known yet: unknown ones are then passed over.</param>
    /// <exception cref="OptionException">An option is unknown or has no value.</exception>
    public static IReadOnlyList<GivenValue> Parse(IReadOnlyList<string> args, IReadOnlyList<CommandOption> options, bool final)
    {
        // A plain command: the root command brings directives and options of its own.
        Command command = new("onrush");
        Dictionary<CommandOption, Option> parsed = [];
        foreach (CommandOption option in options)
            if (!option.Positional)
                command.Options.Add(parsed[option] = Made(option));
        Argument<string[]> positional = new("values") { Arity = ArgumentArity.ZeroOrMore };
        command.Arguments.Add(positional);

        ParseResult result = CommandLineParser.Parse(command, args, Configuration);
        List<GivenValue> given = [];
        foreach ((CommandOption option, Option made) in parsed)
        {
            if (result.GetResult(made) is not { Implicit: false } found)
                continue;
            List<string> texts = [.. found.Tokens.Select(token => token.Value)];
            string shown = found.IdentifierToken?.Value ?? made.Name;
            // A flag's value that is neither true nor false would pass for the name of a user class.
            if (option.Arity == OptionArity.Flag && args.LastOrDefault(arg => arg.StartsWith(made.Name + "=", StringComparison.Ordinal)) is { } written)
                texts = [written[(made.Name.Length + 1)..]];
            if (option.Arity != OptionArity.Flag)
                CheckValues(shown, texts, options);
            given.Add(new GivenValue(option.Name, texts, shown));
        }

        List<string> values = [.. result.GetResult(positional)?.Tokens.Select(token => token.Value) ?? []];
        if (final)
            CheckUnknown(args, values, options);
        if (values.Count > 0 && options.FirstOrDefault(option => option.Positional) is { } taker)
            given.Add(new GivenValue(taker.Name, values, "command line"));
        return given;
    }

    private static Option Made(CommandOption option)
    {
        string name = "--" + option.Name;
        string[] aliases = option.Short is { } letter ? ["-" + letter] : [];
        return option.Arity switch
        {
            OptionArity.Flag => new Option<bool>(name, aliases) { Arity = ArgumentArity.ZeroOrOne },
            OptionArity.One => new Option<string>(name, aliases) { Arity = ArgumentArity.ExactlyOne },
            OptionArity.Many => new Option<string[]>(name, aliases) { Arity = ArgumentArity.OneOrMore },
            _ => new Option<string[]>(name, aliases) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true },
        };
    }

    private static void CheckValues(string shown, List<string> texts, IReadOnlyList<CommandOption> options)
    {
        // "--users --headless": the parser takes the second name for the value of the first.
        if (texts.Count == 0 || texts.Exists(text => options.Any(option => IsName(option, text))))
            throw new OptionException($"{shown} needs a value");
    }

    private static void CheckUnknown(IReadOnlyList<string> args, List<string> values, IReadOnlyList<CommandOption> options)
    {
        int end = args is List<string> list ? list.IndexOf("--") : args.ToList().IndexOf("--");
        HashSet<string> afterEnd = end < 0 ? [] : [.. args.Skip(end + 1)];
        foreach (string value in values)
        {
            if (!value.StartsWith('-') || value.Length == 1 || afterEnd.Contains(value))
                continue;
            string name = value.Split('=')[0];
            throw new OptionException(
                $"unknown option '{name}'{Suggestion.For(name, options.Where(o => !o.Positional).Select(o => "--" + o.Name))}");
        }
    }

    private static bool IsName(CommandOption option, string text) =>
        !option.Positional && (text == "--" + option.Name || (option.Short is { } letter && text.Length == 2 && text[0] == '-' && text[1] == letter));
}
