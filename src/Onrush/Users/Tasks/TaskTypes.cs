namespace Onrush.Users;

/// <summary>What the readers of a load test ask of a type.</summary>
internal static class TaskTypes
{
    /// <summary>The type and its bases, the type first, up to but without <see cref="TaskOwner"/>.</summary>
    public static IEnumerable<Type> Lineage(this Type type)
    {
        for (var at = type; at is not null && at != typeof(TaskOwner) && at != typeof(object); at = at.BaseType)
            yield return at;
    }

    /// <summary>The name as written in source, with the classes around it: <c>CouponUser.Browse</c>.</summary>
    public static string DisplayName(this Type type)
    {
        var name = type.Name;
        if (type.IsGenericType)
        {
            var arity = name.IndexOf('`');
            name = $"{(arity < 0 ? name : name[..arity])}<{string.Join(", ", type.GetGenericArguments().Select(DisplayName))}>";
        }

        return type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.DisplayName()}.{name}" : name;
    }

    /// <summary>The user type that a typed task set asks for; null when it takes any user.</summary>
    public static Type? UserTypeOfSet(this Type set) => set.Lineage()
        .Where(type => type.IsGenericType && type.Assembly == typeof(TaskSet).Assembly)
        .Select(type => type.GetGenericArguments()[0])
        .FirstOrDefault();
}
