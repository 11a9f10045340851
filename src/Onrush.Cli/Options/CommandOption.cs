namespace Onrush.Cli.Options;

/// <summary>How many values an option takes.</summary>
internal enum OptionArity
{
    /// <summary>Present or not; may be given as true or false.</summary>
    Flag,

    /// <summary>One value; the last one given wins.</summary>
    One,

    /// <summary>Several values: the option repeated, or one value with commas.</summary>
    Many,

    /// <summary>As <see cref="Many"/>, and everything up to the next option belongs to it.</summary>
    Greedy,
}

/// <summary>
/// One option: its name on the command line, in the environment and in files, how it is read and what it means. The parser of the
/// command line, the files, the environment, the help and the docs are made from it.
/// </summary>
internal abstract class CommandOption(string name)
{
    /// <summary>Long name without dashes; also the key in files.</summary>
    public string Name { get; } = name;

    /// <summary>The letter after a single dash, if any.</summary>
    public char? Short { get; init; }

    /// <summary>How many values it takes.</summary>
    public OptionArity Arity { get; init; } = OptionArity.One;

    /// <summary>Heading in the help.</summary>
    public required string Group { get; init; }

    /// <summary>What stands for the value in the help.</summary>
    public string Argument { get; init; } = "";

    /// <summary>What it does, in a line or two.</summary>
    public required string Help { get; init; }

    /// <summary>What the help says of the default; null when there is none worth telling.</summary>
    public string? DefaultText { get; init; }

    /// <summary>True for what makes sense on the command line only.</summary>
    public bool CommandLineOnly { get; init; }

    /// <summary>True for the values that stand without an option name.</summary>
    public bool Positional { get; init; }

    /// <summary>Name of the environment variable; null when there is none.</summary>
    public string? Environment => CommandLineOnly ? null : "ONRUSH_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>Reads the texts into the typed value.</summary>
    /// <exception cref="OptionException">The texts do not make a value; the message says why, without naming the option.</exception>
    public abstract object? Read(IReadOnlyList<string> texts);
}

/// <summary>An option with a value of one type.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal sealed class CommandOption<T>(string name, Func<IReadOnlyList<string>, T> read) : CommandOption(name)
{
    /// <summary>The value when nothing was given.</summary>
    public T? Default { get; init; }

    /// <inheritdoc/>
    public override object? Read(IReadOnlyList<string> texts) => read(texts);
}
