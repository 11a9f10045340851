using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Onrush.Data;

/// <summary>Reads a cell as a value; false when it is none.</summary>
internal delegate bool ReadCell(string text, out object? value);

/// <summary>Reads cells as texts, numbers, dates, enumerations and whatever else can be parsed, in the invariant culture.</summary>
internal static class CellReader
{
    private static readonly ConcurrentDictionary<Type, ReadCell?> Readers = new();

    /// <summary>The reader for a type; null when a cell cannot be one.</summary>
    public static ReadCell? Of(Type type) => Readers.GetOrAdd(type, Find);

    private static ReadCell? Find(Type type)
    {
        if (type == typeof(string))
            return Text;
        if (type == typeof(bool))
            return Flag;
        if (type == typeof(TimeSpan))
            return Length;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner) is { } read ? (string text, out object? value) => Optional(read, text, out value) : null;
        if (type.IsEnum)
            return (string text, out object? value) => Enum.TryParse(type, text, ignoreCase: true, out value) && Enum.IsDefined(type, value!);
        if (!type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GenericTypeArguments[0] == type))
            return null;
        return typeof(CellReader).GetMethod(nameof(Parse), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).CreateDelegate<ReadCell>();
    }

    private static bool Text(string text, out object? value)
    {
        value = text;
        return true;
    }

    private static bool Flag(string text, out object? value)
    {
        value = text.Trim().ToUpperInvariant() is "TRUE" or "YES" or "1";
        return (bool)value || text.Trim().ToUpperInvariant() is "FALSE" or "NO" or "0";
    }

    private static bool Length(string text, out object? value)
    {
        var isLength = Duration.TryParse(text, out var length) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out length);
        value = length;
        return isLength;
    }

    private static bool Optional(ReadCell read, string text, out object? value)
    {
        value = null;
        return text.Length == 0 || read(text, out value);
    }

    private static bool Parse<T>(string text, out object? value)
        where T : IParsable<T>
    {
        var parsed = T.TryParse(text, CultureInfo.InvariantCulture, out var result);
        value = result;
        return parsed;
    }
}
