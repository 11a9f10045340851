using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Onrush.Cluster.Tests;

/// <summary>Everything that an object holds as text, for comparing two of them whatever their lists are made of.</summary>
internal static class Told
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        Array { Length: > 1000 } array => $"[{array.Length}: {string.Join(' ', array.Cast<object>().GroupBy(x => x).Select(g => $"{g.Key}x{g.Count()}"))}]",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Of))}]",
        _ when value.GetType().Namespace?.StartsWith("Onrush", StringComparison.Ordinal) == true && !value.GetType().IsEnum
            => $"{value.GetType().Name} {{ {string.Join("; ", Fields(value))} }}",
        _ when value.GetType().Name.StartsWith("ValueTuple", StringComparison.Ordinal) || value.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal)
            => $"({string.Join(", ", value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(f => Of(f.GetValue(value))))})",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<string> Fields(object value) => value.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Concat(value.GetType().BaseType?.GetFields(BindingFlags.Instance | BindingFlags.NonPublic) ?? [])
        .OrderBy(field => field.Name, StringComparer.Ordinal)
        .Select(field => $"{field.Name} {Of(field.GetValue(value))}");
}
