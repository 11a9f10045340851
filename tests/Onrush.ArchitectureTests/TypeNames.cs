using System.Reflection;

namespace Onrush.ArchitectureTests;

/// <summary>Types as C# writes them, with question marks where null is allowed.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>The name of a type.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        // Of a generic parameter that may be anything, nullable is always said; it tells nothing.
        var telling = type.IsGenericParameter ? type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) : !type.IsValueType;
        var mark = telling && (nullability?.ReadState == NullabilityState.Nullable || nullability?.WriteState == NullabilityState.Nullable) ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword + mark;
        if (type.IsGenericParameter)
            return type.Name + mark;
        var name = type.FullName ?? $"{type.Namespace}.{type.Name}";
        if (!type.IsGenericType)
            return name + mark;
        var arguments = type.GetGenericArguments().Select((argument, i) =>
            Of(argument, nullability?.GenericTypeArguments is { Length: > 0 } inner && i < inner.Length ? inner[i] : null));
        var definition = type.GetGenericTypeDefinition().FullName!;
        if (definition.StartsWith("System.ValueTuple`", StringComparison.Ordinal))
            return $"({string.Join(", ", arguments)})";
        return $"{string.Join('.', definition.Split('.').Select(part => part.Split('`')[0]))}<{string.Join(", ", arguments)}>{mark}";
    }

    /// <summary>The list of generic parameters, or nothing.</summary>
    public static string Parameters(Type[] parameters) => parameters.Length == 0 ? "" : $"<{string.Join(", ", parameters.Select(parameter => parameter.Name))}>";

    /// <summary>What the generic parameters must be, or nothing.</summary>
    public static string Constraints(Type[] parameters) => string.Concat(parameters.Select(parameter =>
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var rules = new List<string>();
        if (isStruct)
            rules.Add("struct");
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            rules.Add("class");
        rules.AddRange(parameter.GetGenericParameterConstraints().Where(one => one != typeof(ValueType)).Select(one => Of(one)));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            rules.Add("new()");
        return rules.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", rules)}";
    }));
}
