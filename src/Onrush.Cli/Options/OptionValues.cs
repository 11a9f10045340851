namespace Onrush.Cli.Options;

/// <summary>The value of every option, all sources considered. Immutable.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, object?> _values = [];
    private readonly Dictionary<string, GivenValue> _given = [];

    /// <param name="options">The options there are.</param>
    /// <param name="given">What was given, weakest first.</param>
    /// <exception cref="OptionException">A value cannot be read; also one that a stronger source replaces.</exception>
    public OptionValues(IReadOnlyList<CommandOption> options, IEnumerable<GivenValue> given)
    {
        Dictionary<string, CommandOption> known = options.ToDictionary(option => option.Name);
        foreach (GivenValue value in given)
        {
            if (!known.TryGetValue(value.Name, out CommandOption? option))
                continue;
            try
            {
                _values[option.Name] = option.Read(value.Texts);
                _given[option.Name] = value;
            }
            catch (OptionException e)
            {
                throw new OptionException($"{value.Where}: {e.Message}");
            }
        }
    }

    /// <summary>The value, or the option's default.</summary>
    public T Get<T>(CommandOption<T> option) => _values.TryGetValue(option.Name, out object? value) ? (T)value! : option.Default!;

    /// <summary>True when some source names the option.</summary>
    public bool IsGiven(CommandOption option) => _values.ContainsKey(option.Name);

    /// <summary>The texts given for an option, if any.</summary>
    public GivenValue? Given(string name) => _given.TryGetValue(name, out GivenValue? value) ? value : null;
}
