using System.Reflection;

namespace Onrush.Users;

/// <summary>One parameter of a load test: an <see cref="OptionAttribute"/> property with everything that the command, the form and the docs show of it.</summary>
internal sealed class LoadTestOption
{
    private readonly PropertyInfo _property;
    private readonly double _minimum;
    private readonly double _maximum;

    private LoadTestOption(PropertyInfo property, OptionAttribute attribute, OptionKind kind, string name)
    {
        _property = property;
        _minimum = attribute.Minimum;
        _maximum = attribute.Maximum;
        Place = attribute.Place;
        Kind = kind;
        Name = name;
        Help = attribute.Help;
        Required = attribute.Required;
        Secret = attribute.Secret;

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Choices = attribute.Choices.Length > 0 || !type.IsEnum ? attribute.Choices : Enum.GetNames(type);
        Default = Value;
    }

    /// <summary>Lower case with dashes, as on the command line without the leading dashes and as key of the configuration file.</summary>
    public string Name { get; }

    /// <summary><c>ONRUSH_</c> and the name in upper case with underscores.</summary>
    public string EnvironmentVariable => $"ONRUSH_{Name.Replace('-', '_').ToUpperInvariant()}";

    public OptionKind Kind { get; }

    public string Help { get; }

    public bool Required { get; }

    /// <summary>Whether the value is hidden wherever options are shown.</summary>
    public bool Secret { get; }

    /// <summary>The only values allowed; empty allows any.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>Smallest number allowed, for a duration in seconds; null without a bound.</summary>
    public double? Minimum => double.IsNaN(_minimum) ? null : _minimum;

    /// <summary>Largest number allowed, for a duration in seconds; null without a bound.</summary>
    public double? Maximum => double.IsNaN(_maximum) ? null : _maximum;

    /// <summary>The value before anything set it.</summary>
    public object? Default { get; }

    /// <summary><see cref="Default"/> as text; empty for none, and for a secret.</summary>
    public string DefaultText => Secret ? "" : OptionText.Format(Default);

    /// <summary>The value now.</summary>
    public object? Value => _property.GetValue(null);

    /// <summary>Whether <see cref="Set(string)"/> was called.</summary>
    public bool IsSet { get; private set; }

    public SourcePlace Place { get; }

    /// <summary>The options that the types declare, in the order of their source.</summary>
    /// <exception cref="LoadTestException">One of them is declared wrongly, or two have the same name.</exception>
    public static IReadOnlyList<LoadTestOption> Of(IEnumerable<Type> types)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var options = types.Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetProperties(All))
            .Where(property => property.IsDefined(typeof(OptionAttribute)))
            .Select(property => Read(property, property.GetCustomAttribute<OptionAttribute>()!))
            .OrderBy(option => option.Place)
            .ToArray();

        if (options.GroupBy(option => option.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LoadTestException($"Two options are named {twice.Key}: rename one property, or give it [Option(\"...\", Name = \"...\")].", twice.Last().Place);
        return options;
    }

    /// <summary>Sets the property from text; a list takes several values with commas between them.</summary>
    /// <exception cref="LoadTestException">The text is no allowed value.</exception>
    public void Set(string text)
    {
        if (!OptionText.TryParse(_property.PropertyType, text, out var value))
        {
            var choices = Choices.Count > 0 ? $": {string.Join(", ", Choices)}" : "";
            throw Refused(text, $"expected {OptionText.Expected(Kind)}{choices}");
        }

        Check(text, value!);
        _property.SetValue(null, value);
        IsSet = true;
    }

    /// <summary>Sets the property from the values given; only a list may take several.</summary>
    /// <exception cref="LoadTestException">A text is no allowed value, or there are several.</exception>
    public void Set(IReadOnlyList<string> texts)
    {
        if (Kind != OptionKind.List && texts.Count != 1)
            throw new LoadTestException($"--{Name} was given {texts.Count} times: it takes one value.");
        Set(string.Join(',', texts));
    }

    /// <summary>Refuses a run without a required option.</summary>
    /// <exception cref="LoadTestException">The option is required and was not set.</exception>
    public void CheckRequired()
    {
        if (Required && !IsSet)
            throw new LoadTestException($"The load test needs --{Name} ({Help}): give it, or set {EnvironmentVariable}.");
    }

    private static LoadTestOption Read(PropertyInfo property, OptionAttribute attribute)
    {
        var title = $"{property.DeclaringType!.DisplayName()}.{property.Name}";
        if (property.GetMethod is not { IsStatic: true } || property.SetMethod is null)
            throw new LoadTestException($"{title} has [Option], so it must be static and have a getter and a setter.", attribute.Place);

        var kind = OptionText.KindOf(property.PropertyType) ?? throw new LoadTestException(
            $"{title} is a {property.PropertyType.DisplayName()}: an option is a string, int, long, double, bool, TimeSpan, an enumeration or string[].", attribute.Place);
        var name = attribute.Name ?? OptionText.KebabCase(property.Name);
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new LoadTestException($"{title}: an option is named in lower case with dashes, not {name}.", attribute.Place);

        try
        {
            return new LoadTestOption(property, attribute, kind, name);
        }
        catch (TargetInvocationException e)
        {
            var cause = e.GetBaseException();
            throw new LoadTestException($"{title} cannot give its initial value: {cause.GetType().Name}: {cause.Message}", e);
        }
    }

    private void Check(string text, object value)
    {
        if (Kind == OptionKind.List)
        {
            foreach (var item in (string[])value)
                CheckChoice(item);
            return;
        }

        CheckChoice(OptionText.Format(value));
        double? number = value switch
        {
            int whole => whole,
            long large => large,
            double fraction => fraction,
            TimeSpan duration => duration.TotalSeconds,
            _ => null,
        };
        var unit = Kind == OptionKind.Duration ? " s" : "";
        if (number < _minimum)
            throw Refused(text, FormattableString.Invariant($"the least is {_minimum}{unit}"));
        if (number > _maximum)
            throw Refused(text, FormattableString.Invariant($"the most is {_maximum}{unit}"));
    }

    private void CheckChoice(string text)
    {
        if (Choices.Count > 0 && !Choices.Contains(text))
            throw Refused(text, $"choose one of {string.Join(", ", Choices)}{(Secret ? "" : Suggestion.For(text, Choices))}");
    }

    // A secret stays out of the message: it ends up in logs.
    private LoadTestException Refused(string text, string why) => new(Secret ? $"--{Name}: {why}" : $"--{Name} {text}: {why}");
}
