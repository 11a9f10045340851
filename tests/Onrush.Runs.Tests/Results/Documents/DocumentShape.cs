using System.Reflection;
using System.Text.Json;

namespace Onrush.Runs.Tests.Results.Documents;

/// <summary>What the records of a document look like from outside, read by reflection.</summary>
internal static class DocumentShape
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The records that a document is made of, the document first.</summary>
    public static IReadOnlyList<Type> Records(Type root)
    {
        var found = new List<Type> { root };
        for (int i = 0; i < found.Count; i++)
        {
            foreach (var part in found[i].GetProperties().Where(Shown).Select(p => Plain(p.PropertyType)).Where(IsRecord))
            {
                if (!found.Contains(part))
                    found.Add(part);
            }
        }
        return found;
    }

    /// <summary>The enumerations in it.</summary>
    public static IReadOnlyList<Type> Enums(Type root) =>
        [.. Records(root).SelectMany(r => r.GetProperties().Where(Shown)).Select(p => Plain(p.PropertyType)).Where(t => t.IsEnum).Distinct()];

    public static IEnumerable<PropertyInfo> Properties(Type record) => record.GetProperties().Where(Shown);

    public static string Name(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    public static IEnumerable<string> Words(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    public static bool IsNullable(PropertyInfo property) => Nullability.Create(property).ReadState == NullabilityState.Nullable;

    public static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    public static bool IsMap(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    public static bool IsRecord(Type type) => type.IsClass && type.Namespace?.StartsWith("Onrush", StringComparison.Ordinal) == true;

    public static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long);

    /// <summary>The type without list, map and null around it.</summary>
    public static Type Plain(Type type) =>
        IsList(type) ? Plain(type.GetGenericArguments()[0])
        : IsMap(type) ? Plain(type.GetGenericArguments()[1])
        : Nullable.GetUnderlyingType(type) ?? type;

    private static bool Shown(PropertyInfo property) => property.GetMethod is { IsPublic: true, IsStatic: false } && property.Name != "EqualityContract";
}
