using System.Globalization;

namespace Onrush.Users;

/// <summary>Turns the text of an option into its value and back. Numbers are written the same way whatever the language of the machine.</summary>
internal static class OptionText
{
    private static readonly string[] True = ["true", "yes", "on", "1"];
    private static readonly string[] False = ["false", "no", "off", "0"];

    /// <summary>The kind for a type of property; null when a property of that type cannot be an option.</summary>
    public static OptionKind? KindOf(Type type)
    {
        if (type == typeof(string[]))
            return OptionKind.List;

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return OptionKind.Choice;
        if (type == typeof(string))
            return OptionKind.Text;
        if (type == typeof(int) || type == typeof(long))
            return OptionKind.WholeNumber;
        if (type == typeof(double))
            return OptionKind.Number;
        if (type == typeof(bool))
            return OptionKind.Switch;
        return type == typeof(TimeSpan) ? OptionKind.Duration : null;
    }

    /// <summary>Reads <paramref name="text"/>; false when it is no value of the type.</summary>
    public static bool TryParse(Type type, string text, out object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var trimmed = text.Trim();
        value = null;
        if (type == typeof(string))
            value = text;
        else if (type == typeof(string[]))
            value = trimmed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        else if (type == typeof(int) && int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            value = whole;
        else if (type == typeof(long) && long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
            value = large;
        else if (type == typeof(double) && double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            value = number;
        else if (type == typeof(bool) && (True.Contains(trimmed, StringComparer.OrdinalIgnoreCase) || False.Contains(trimmed, StringComparer.OrdinalIgnoreCase)))
            value = True.Contains(trimmed, StringComparer.OrdinalIgnoreCase);
        else if (type == typeof(TimeSpan) && Duration.TryParse(trimmed, out var duration))
            value = duration;
        else if (type.IsEnum && Enum.GetNames(type).FirstOrDefault(name => name.Equals(trimmed, StringComparison.OrdinalIgnoreCase)) is { } member)
            value = Enum.Parse(type, member);
        return value is not null;
    }

    /// <summary>The text that reads back to <paramref name="value"/>; empty for null.</summary>
    public static string Format(object? value) => value switch
    {
        null => "",
        bool on => on ? "true" : "false",
        TimeSpan duration => Duration.Format(duration),
        string[] list => string.Join(',', list),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>What is expected, for an error message.</summary>
    public static string Expected(OptionKind kind) => kind switch
    {
        OptionKind.WholeNumber => "a whole number",
        OptionKind.Number => "a number",
        OptionKind.Switch => "true or false",
        OptionKind.Duration => "a length of time such as 20s, 3m or 1h20m",
        OptionKind.Choice => "one of the choices",
        OptionKind.List => "a list with commas",
        _ => "a text",
    };

    /// <summary>The name of an option for that of a property: <c>CouponId</c> becomes <c>coupon-id</c>, <c>APIKey</c> <c>api-key</c>.</summary>
    public static string KebabCase(string name)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (name[i] == '_' || startsWord)
            {
                if (text.Length > 0 && text[^1] != '-')
                    text.Append('-');
            }

            if (name[i] != '_')
                text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
