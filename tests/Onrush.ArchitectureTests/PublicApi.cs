using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Onrush.ArchitectureTests;

/// <summary>Writes down what an assembly offers: one line per type, and below it one per member that a user or a derived class can reach.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string[] Describe(Assembly assembly) => Describe(assembly.GetExportedTypes());

    public static string[] Describe(IEnumerable<Type> types) =>
    [
        .. types.OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(type => Members(type).Order(StringComparer.Ordinal)
            .Select(member => "  " + member).Prepend(TypeLine(type))),
    ];

    private static string TypeLine(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"delegate {type.FullName}: {Signature(type.GetMethod("Invoke")!)}";
        var isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface"
            : type.IsValueType ? $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(isRecord ? "record " : "")}struct"
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (isRecord ? "record" : "class");
        var line = $"{kind} {type.FullName}{TypeNames.Parameters(type.GetGenericArguments())}";
        if (type.IsEnum)
            return $"{line} : {TypeNames.Of(Enum.GetUnderlyingType(type))}";
        Type?[] bases = [type.BaseType == typeof(object) || type.IsValueType ? null : type.BaseType, .. OwnInterfaces(type)];
        if (bases.Any(one => one is not null))
            line += " : " + string.Join(", ", bases.OfType<Type>().Select(one => TypeNames.Of(one)));
        return line + TypeNames.Constraints(type.GetGenericArguments());
    }

    private static IEnumerable<Type> OwnInterfaces(Type type) => type.GetInterfaces()
        .Where(one => one.IsVisible && type.BaseType?.GetInterfaces().Contains(one) != true).OrderBy(one => TypeNames.Of(one), StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        return type.GetConstructors(Declared).Where(Reachable).Select(constructor =>
                $"{Access(constructor)} {type.Name}({Parameters(constructor)})")
            .Concat(type.GetMethods(Declared).Where(method => Reachable(method) && Written(method)).Select(method => $"{Access(method)} {Signature(method)}"))
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(Field))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(Reachable) && property.Name != "EqualityContract").Select(Property))
            .Concat(type.GetEvents(Declared).Where(one => Reachable(one.AddMethod!)).Select(one =>
                $"{Access(one.AddMethod!)} event {TypeNames.Of(one.EventHandlerType!, new NullabilityInfoContext().Create(one))} {one.Name}"));
    }

    private static string Signature(MethodInfo method)
    {
        var arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return $"{TypeNames.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter))} {method.Name}"
            + $"{TypeNames.Parameters(arguments)}({Parameters(method)}){TypeNames.Constraints(arguments)}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var kind = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue, parameter.ParameterType) : "";
        return $"{kind}{TypeNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }));

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : "protected";
        var kind = field.IsLiteral ? " const" : $"{(field.IsStatic ? " static" : "")}{(field.IsInitOnly ? " readonly" : "")}";
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{access}{kind} {TypeNames.Of(field.FieldType, new NullabilityInfoContext().Create(field))} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var widest = property.GetAccessors(true).Where(Reachable).OrderBy(accessor => accessor.IsPublic ? 0 : 1).First();
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : "";
        var index = property.GetIndexParameters().Length > 0 ? $"[{Parameters(property.GetMethod ?? property.SetMethod!)}]" : "";
        return $"{Access(widest)}{required} {TypeNames.Of(property.PropertyType, new NullabilityInfoContext().Create(property))} {property.Name}{index} "
            + $"{{ {Accessor(property.GetMethod, "get")}{Accessor(property.SetMethod, IsInit(property) ? "init" : "set")}}}";

        string Accessor(MethodInfo? accessor, string name) => accessor is null || !Reachable(accessor) ? ""
            : (accessor.IsPublic == widest.IsPublic ? "" : "protected ") + name + "; ";
    }

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;

    private static bool Reachable(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler adds to records is not written by anybody, but taking a record apart is part of what it offers.
    private static bool Written(MethodInfo method) => method.Name == "Deconstruct"
        || (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Access(MethodBase method)
    {
        var access = method.IsPublic ? "public" : "protected";
        if (method.IsStatic)
            return access + " static";
        if (method is not MethodInfo info || method.DeclaringType!.IsInterface)
            return access;
        if (info.IsAbstract)
            return access + " abstract";
        if (info.GetBaseDefinition() != info)
            return access + (info.IsFinal ? " sealed override" : " override");
        return info.IsVirtual && !info.IsFinal ? access + " virtual" : access;
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
